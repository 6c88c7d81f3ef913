package io.holdfast.payout;

import io.holdfast.ledger.Money;
import java.time.Duration;
import java.util.List;

/**
 * Which payouts other people have to approve before anything is sent. Of several rules that apply, the one that asks for
 * the most approvals counts; a payout to which no rule applies needs none.
 *
 * @param rules in any order
 * @param within how long they have, from the request on; then the payout is cancelled
 */
public record ApprovalPolicy(List<ApprovalRule> rules, Duration within) {

    /** Nobody has to approve anything; where rules are added, within a week. */
    public static final ApprovalPolicy NONE = new ApprovalPolicy(List.of(), Duration.ofDays(7));

    /**
     * Refuses a time that is not above zero or longer than 3650 days.
     *
     * @throws IllegalArgumentException with the time
     */
    public ApprovalPolicy {
        rules = List.copyOf(rules);
        Spans.check("A time to approve", within);
    }

    /** Returns a policy of these rules, within a week. */
    public static ApprovalPolicy of(ApprovalRule... rules) {
        return new ApprovalPolicy(List.of(rules), NONE.within());
    }

    /** Returns the same with another time to approve. */
    public ApprovalPolicy within(Duration value) {
        return new ApprovalPolicy(rules, value);
    }

    /** Returns how many people have to approve a payout of an amount, as its request names it. */
    public int checkers(Money amount) {
        return rules.stream()
                .filter(rule -> rule.appliesTo(amount))
                .mapToInt(ApprovalRule::checkers)
                .max()
                .orElse(0);
    }
}
