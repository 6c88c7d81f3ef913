package io.holdfast.payout.spi;

import java.util.List;
import java.util.Optional;

/**
 * One page of a provider's list.
 *
 * @param payouts on this page
 * @param next where the next page begins, in the adapter's own form; absent on the last page
 */
public record ListPage(List<ListedPayout> payouts, Optional<String> next) {

    /** Copies the list. */
    public ListPage {
        payouts = List.copyOf(payouts);
    }
}
