package io.holdfast.payout.spi;

import java.util.List;
import java.util.Optional;

/**
 * One page of a provider's list.
 *
 * @param payouts on this page
 * @param unread what else is on it and cannot be read: no line is left out silently
 * @param next where the next page begins, in the adapter's own form; absent on the last page
 */
public record ListPage(List<ListedPayout> payouts, List<UnreadPayout> unread, Optional<String> next) {

    /** Copies the lists. */
    public ListPage {
        payouts = List.copyOf(payouts);
        unread = List.copyOf(unread);
    }

    /** Makes one of which everything can be read. */
    public ListPage(List<ListedPayout> payouts, Optional<String> next) {
        this(payouts, List.of(), next);
    }
}
