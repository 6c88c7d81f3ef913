package io.holdfast.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.UnreadPayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page of a provider's list while it is read, item by item. Not safe for use by several threads. */
public final class ListedItems {

    private final List<ListedPayout> payouts = new ArrayList<>();
    private final List<UnreadPayout> unread = new ArrayList<>();

    /** Adds an item, as a payout if that can be told apart from others. */
    public void add(JsonNode item, ShownPayout shown) {
        shown.listed(item).ifPresentOrElse(payouts::add, () -> unread.add(shown.unread()));
    }

    /** Returns the page, with where the next one begins if there is one. */
    public ListPage page(Optional<String> next) {
        return new ListPage(payouts, unread, next);
    }
}
