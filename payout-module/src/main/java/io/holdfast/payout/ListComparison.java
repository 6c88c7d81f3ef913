package io.holdfast.payout;

import java.time.Duration;

/** What came of comparing payouts with a provider's own list. */
public sealed interface ListComparison {

    /**
     * The list was read as far as the span goes, and compared.
     *
     * @param report what came of it
     */
    record Compared(ReconciliationReport report) implements ListComparison {}

    /**
     * The list goes on, and the provider takes no more calls for now. Nothing was compared. Asking for the same span again in
     * the same engine within the hour goes on where this stopped.
     *
     * @param payouts how many were read so far
     * @param retryAfter how long from now the provider takes no call
     */
    record Unfinished(int payouts, Duration retryAfter) implements ListComparison {}

    /**
     * The provider did not tell, or its list goes on for too long. Nothing was compared.
     *
     * @param detail why
     */
    record Untold(String detail) implements ListComparison {}
}
