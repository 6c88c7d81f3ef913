package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.Channel;
import java.util.List;

/**
 * Which providers pay in a currency over a channel, and in which order they are tried.
 *
 * @param currency of the payout
 * @param channel by which the recipient is paid
 * @param providers names, the preferred first, each once
 */
public record Route(Currency currency, Channel channel, List<String> providers) {

    /**
     * Refuses a route without providers or with one twice.
     *
     * @throws IllegalArgumentException with the names
     */
    public Route {
        providers = List.copyOf(providers);
        if (providers.isEmpty() || providers.stream().distinct().count() < providers.size()) {
            throw new IllegalArgumentException("Route " + currency + " " + channel + " over " + providers
                    + ": at least one provider, and each once");
        }
    }
}
