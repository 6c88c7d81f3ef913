package io.holdfast.payout;

import io.holdfast.ledger.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is refused although a wallet could afford it.
 *
 * @param limits how much may be paid out
 * @param minimums the least that is paid, at most one for each currency
 * @param duplicatesWithin for how long the same amount is not paid to the same recipient again under another key; if
 *     absent, it may be
 */
public record PayoutLimits(List<PayoutLimit> limits, List<Money> minimums, Optional<Duration> duplicatesWithin) {

    /** Nothing is limited. */
    public static final PayoutLimits NONE = new PayoutLimits(List.of(), List.of(), Optional.empty());

    /**
     * Refuses two minimums of one currency, and a time that is not above zero or longer than 3650 days.
     *
     * @throws IllegalArgumentException with the values
     */
    public PayoutLimits {
        limits = List.copyOf(limits);
        minimums = List.copyOf(minimums);
        if (minimums.stream().map(Money::currency).distinct().count() < minimums.size()) {
            throw new IllegalArgumentException("A currency has two minimums: " + minimums);
        }
        duplicatesWithin.ifPresent(span -> Spans.check("A time in which there are no duplicates", span));
    }

    /** Returns the same with limits. */
    public PayoutLimits limits(List<PayoutLimit> values) {
        return new PayoutLimits(values, minimums, duplicatesWithin);
    }

    /** Returns the same with minimums. */
    public PayoutLimits minimums(List<Money> values) {
        return new PayoutLimits(limits, values, duplicatesWithin);
    }

    /** Returns the same with a guard against duplicates. */
    public PayoutLimits duplicatesWithin(Duration span) {
        return new PayoutLimits(limits, minimums, Optional.of(span));
    }
}
