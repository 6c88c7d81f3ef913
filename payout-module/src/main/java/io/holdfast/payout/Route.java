package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which providers pay in a currency over a channel, and in which order they are tried. Of several routes the first that
 * takes a payout counts, so the narrower ones come first.
 *
 * <pre>{@code
 * Route.of(XAF, Channel.MOBILE_MONEY, "zopay").operator("orange").upTo(Money.parse("XAF 500000"))
 * }</pre>
 *
 * @param currency of the payout
 * @param channel by which the recipient is paid
 * @param operator only for recipients whose request names this mobile operator, in capitals or not, however punctuated; what
 *     a provider will say is not known yet
 * @param minimum only for payouts whose request names at least so much
 * @param maximum only for payouts whose request names at most so much
 * @param providers names, the preferred first, each once
 */
public record Route(
        Currency currency,
        Channel channel,
        Optional<String> operator,
        Optional<Money> minimum,
        Optional<Money> maximum,
        List<String> providers) {

    private static final Pattern INSIGNIFICANT = Pattern.compile("[^\\p{L}\\p{N}]");

    /**
     * Refuses a route without providers or with one twice, bounds of another currency or between which nothing is, and an
     * operator that no hint can name.
     *
     * @throws IllegalArgumentException with the values and the rule
     */
    public Route {
        providers = List.copyOf(providers);
        if (providers.isEmpty() || providers.stream().distinct().count() < providers.size()) {
            throw new IllegalArgumentException("Route " + currency + " " + channel + " over " + providers
                    + ": at least one provider, and each once");
        }
        checkBound(currency, minimum);
        checkBound(currency, maximum);
        if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
            throw new IllegalArgumentException("Route " + currency + " " + channel + " from " + minimum.get()
                    + " up to " + maximum.get() + " takes no amount");
        }
        if (operator.isPresent()
                && (channel != Channel.MOBILE_MONEY
                        || significant(operator.get()).isEmpty())) {
            throw new IllegalArgumentException("Route " + currency + " " + channel + " to operator \"" + operator.get()
                    + "\": the name of a mobile operator, and the channel MOBILE_MONEY");
        }
    }

    /**
     * Returns a route for any operator and amount.
     *
     * @throws IllegalArgumentException if there is no provider, or one twice
     */
    public static Route of(Currency currency, Channel channel, String... providers) {
        return new Route(currency, channel, Optional.empty(), Optional.empty(), Optional.empty(), List.of(providers));
    }

    /** Returns the same for recipients of one operator. */
    public Route operator(String named) {
        return new Route(currency, channel, Optional.of(named), minimum, maximum, providers);
    }

    /** Returns the same for amounts from there on. */
    public Route from(Money least) {
        return new Route(currency, channel, operator, Optional.of(least), maximum, providers);
    }

    /** Returns the same for amounts up to there. */
    public Route upTo(Money most) {
        return new Route(currency, channel, operator, minimum, Optional.of(most), providers);
    }

    /** Tells whether a payout of the amount that its request names to a recipient goes this way. */
    public boolean takes(Money amount, Recipient recipient) {
        return amount.currency().equals(currency)
                && recipient.channel() == channel
                && minimum.filter(least -> amount.compareTo(least) < 0).isEmpty()
                && maximum.filter(most -> amount.compareTo(most) > 0).isEmpty()
                && (operator.isEmpty() || isOf(operator.get(), recipient));
    }

    private static boolean isOf(String operator, Recipient recipient) {
        return recipient instanceof Recipient.MobileMoney mobile
                && mobile.operator()
                        .filter(hint -> significant(hint).equals(significant(operator)))
                        .isPresent();
    }

    private static void checkBound(Currency currency, Optional<Money> bound) {
        bound.filter(money -> !money.currency().equals(currency)).ifPresent(money -> {
            throw new IllegalArgumentException("Route in " + currency + " with a bound of " + money);
        });
    }

    private static String significant(String name) {
        return INSIGNIFICANT.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
