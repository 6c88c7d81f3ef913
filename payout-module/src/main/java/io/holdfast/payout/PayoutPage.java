package io.holdfast.payout;

import java.util.List;

/**
 * A page of payouts, in the order in which they were requested.
 *
 * @param items on this page
 * @param total how many the query finds in all
 * @param limit the query's
 * @param offset the query's
 */
public record PayoutPage(List<Payout> items, long total, int limit, int offset) {

    /** Copies the list. */
    public PayoutPage {
        items = List.copyOf(items);
    }
}
