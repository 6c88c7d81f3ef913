package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutLimit.Span;
import java.math.BigInteger;
import java.time.LocalDate;

/** How much a wallet or recipient had in a month, and on its latest day. */
record Usage(Counting.Row row, Sum inMonth, LocalDate day, Sum onDay) {

    /** So many payouts of so much in all. */
    record Sum(int count, BigInteger amount) {

        static final Sum NOTHING = new Sum(0, BigInteger.ZERO);

        Sum plus(int payouts, BigInteger more) {
            return new Sum(count + payouts, amount.add(more));
        }
    }

    /** Returns what was had within a span of time by a day. */
    Sum within(Span span, LocalDate date) {
        if (span == Span.MONTH) {
            return inMonth;
        }
        return date.isAfter(day) ? Sum.NOTHING : onDay;
    }

    /** Returns the same with one payout more. */
    Usage plus(LocalDate date, BigInteger amount) {
        Sum month = inMonth.plus(1, amount);
        return date.isAfter(day)
                ? new Usage(row, month, date, Sum.NOTHING.plus(1, amount))
                : new Usage(row, month, day, onDay.plus(1, amount));
    }

    /** Returns the same with one payout less that was counted on its latest day. */
    Usage minus(BigInteger amount) {
        return new Usage(row, inMonth.plus(-1, amount.negate()), day, onDay.plus(-1, amount.negate()));
    }
}
