package io.holdfast.cli;

/** Writes numbers of things as one says them. */
final class Counted {

    private Counted() {}

    /** Returns {@code 1 payout} or {@code 2 payouts}. */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
