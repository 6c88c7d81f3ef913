package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutLimit.Span;
import java.math.BigInteger;
import java.time.LocalDate;

/** How much a wallet or recipient had in a month, and on its latest day. */
record Usage(Counting.Row row, Sum inMonth, LocalDate day, Sum onDay) {

    static Usage nothing(Counting.Row row, LocalDate day) {
        return new Usage(row, Sum.NOTHING, day, Sum.NOTHING);
    }

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
        if (date.isAfter(day)) {
            return new Usage(row, inMonth.plus(1, amount), date, Sum.NOTHING.plus(1, amount));
        }
        // Whoever began before midnight and came to count only after another had begun the new day is of the old one.
        return new Usage(row, inMonth.plus(1, amount), day, date.equals(day) ? onDay.plus(1, amount) : onDay);
    }

    String text() {
        return inMonth.count() + " of " + inMonth.amount() + ", on " + day + " " + onDay.count() + " of "
                + onDay.amount();
    }

    /** Returns the same with one payout less. */
    Usage minus(LocalDate date, BigInteger amount) {
        BigInteger less = amount.negate();
        return new Usage(row, inMonth.plus(-1, less), day, date.equals(day) ? onDay.plus(-1, less) : onDay);
    }
}
