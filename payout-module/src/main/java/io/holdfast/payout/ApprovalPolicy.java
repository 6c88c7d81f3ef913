package io.holdfast.payout;

import io.holdfast.ledger.Money;
import java.time.Duration;
import java.util.List;

/**
 * Which payouts others have to agree to before anything is sent. Of several rules that apply, the one that asks for most
 * counts; a payout that none applies to needs nobody.
 *
 * @param rules in any order
 * @param within how long they have, from the request on; then the payout is called off
 */
public record ApprovalPolicy(List<ApprovalRule> rules, Duration within) {

    /** Nobody has to agree; where rules are added, within a week. */
    public static final ApprovalPolicy NONE = new ApprovalPolicy(List.of(), Duration.ofDays(7));

    /**
     * Refuses a time that is not above zero.
     *
     * @throws IllegalArgumentException with the time
     */
    public ApprovalPolicy {
        rules = List.copyOf(rules);
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("Approval within " + within + ": a time above zero");
        }
    }

    /** Returns a policy of these rules, within a week. */
    public static ApprovalPolicy of(ApprovalRule... rules) {
        return new ApprovalPolicy(List.of(rules), NONE.within());
    }

    /** Returns the same with another time to agree. */
    public ApprovalPolicy within(Duration value) {
        return new ApprovalPolicy(rules, value);
    }

    /** Returns how many have to agree to a payout of an amount, as its request names it. */
    public int checkers(Money amount) {
        return rules.stream()
                .filter(rule -> rule.appliesTo(amount))
                .mapToInt(ApprovalRule::checkers)
                .max()
                .orElse(0);
    }
}
