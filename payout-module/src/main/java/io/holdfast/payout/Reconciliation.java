package io.holdfast.payout;

import java.time.Instant;
import java.util.List;

/**
 * Compares payouts with what providers have. It changes no payout: differences with one that has ended become items, and
 * money that left without a payout of ours is put in suspense, each once, however often it is compared. Where a payout stands
 * otherwise there and the provider can tell, it is asked about it at the next round of a {@link PayoutProcessor}, at most once a minute, and
 * its answer counts like any other.
 *
 * <p>Safe for use by any number of threads. No database transaction is open while a provider is called.
 */
public interface Reconciliation {

    /**
     * Compares with what a provider's own list has of a span, in all currencies; whatever it shows outside the span is not
     * looked at. Where the ledger has not used the
     * provider yet, this settles of which environment its payouts are, because what the list shows is booked.
     *
     * <p>It is read no faster than the provider takes calls: where that stops it, asking again goes on.
     *
     * @return what came of it
     * @throws IllegalArgumentException if the provider is not configured, or the span ends before it begins or is not
     *     in the years 1900 to 9999
     * @throws PayoutRefusedException with {@link PayoutRefusal.OtherEnvironment} if the provider is configured for another
     *     environment than this ledger's payouts by it; it is then not asked
     */
    ListComparison withList(String provider, Instant from, Instant to);

    /**
     * Compares with a statement. A statement tells no environment: whoever has it sees to that. Of several lines of one
     * reference, in whatever order, how the payment stands is told by the last that happened. Where all that say what was
     * decided have a date, that is the one of the latest: what had failed may have been paid after all. Else, and on one date,
     * what failed or came back counts for more than what was paid; and all of it for more than what was under way.
     *
     * @param lines all that the provider has of that span; payouts of ours in its currencies that are not among them are
     *     reported, of an empty one those in all
     * @throws IllegalArgumentException if the span ends before it begins or is not in the years 1900 to 9999, or the provider is
     *     neither configured nor one that a payout here ever went to
     */
    ReconciliationReport withStatement(String provider, Instant from, Instant to, List<StatementLine> lines);
}
