package io.holdfast.payout.engine;

import static java.util.Comparator.comparing;

import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds out which providers may be used for a payout, in order. */
final class RouteFinder {

    private final Settings settings;

    RouteFinder(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns the providers that pay in the currency over the channel, in order, those that are broken last; at least one.
     *
     * @throws PayoutRefusedException with {@link PayoutRefusal.NoRoute} if there are none
     */
    List<PayoutProvider> reaching(PayoutRequest request, Set<String> broken) {
        Channel channel = request.recipient().channel();
        String by = " by " + channel.name().toLowerCase(Locale.ROOT);
        String kind = request.amount().currency() + by;
        List<String> names = names(request);
        List<PayoutProvider> reaching = names.stream()
                .flatMap(name -> settings.find(name).stream())
                .filter(provider -> provider.capabilities().channels().contains(channel))
                .filter(provider -> provider.capabilities()
                        .wire(request.amount().currency())
                        .isPresent())
                .toList();
        if (!reaching.isEmpty()) {
            return reaching.stream()
                    .sorted(comparing(provider -> broken.contains(provider.name())))
                    .toList();
        }
        String why = request.provider()
                .map(name -> settings.find(name).isEmpty()
                        ? "provider \"" + name + "\" is not configured, only " + settings.names()
                        : "provider " + name + " does not pay " + kind)
                .orElse(
                        names.isEmpty()
                                ? "none is configured for " + request.amount() + by + operator(request)
                                        + "; name a provider or configure a route"
                                : "none of " + names + " pays " + kind);
        throw new PayoutRefusedException(new PayoutRefusal.NoRoute(why));
    }

    private static String operator(PayoutRequest request) {
        return Recipients.operator(request.recipient())
                .map(hint -> " to operator \"" + hint + "\"")
                .orElse("");
    }

    /** Tells whether there may be several providers to choose from. */
    boolean isChoice(PayoutRequest request) {
        return names(request).size() > 1;
    }

    private List<String> names(PayoutRequest request) {
        return request.provider()
                .map(List::of)
                .orElseGet(() -> settings.routes().stream()
                        .filter(route -> route.takes(request.amount(), request.recipient()))
                        .findFirst()
                        .map(Route::providers)
                        .orElse(List.of()));
    }

    /**
     * Returns those that pay this amount to this recipient.
     *
     * @throws PayoutRefusedException with what the first of them objects to, if all do
     */
    List<String> permitted(List<PayoutProvider> reaching, Money amount, Recipient recipient) {
        List<String> permitted = new ArrayList<>();
        Optional<PayoutRefusal> refusal = Optional.empty();
        for (PayoutProvider provider : reaching) {
            Optional<Objection> objection = provider.capabilities()
                    .objection(amount, recipient)
                    .or(() -> ProviderCalls.objection(provider, amount, recipient));
            if (objection.isEmpty()) {
                permitted.add(provider.name());
            } else if (refusal.isEmpty()) {
                refusal = Optional.of(refusal(provider.name(), objection.get()));
            }
        }
        if (permitted.isEmpty()) {
            throw new PayoutRefusedException(refusal.orElseThrow());
        }
        return permitted;
    }

    private static PayoutRefusal refusal(String provider, Objection objection) {
        String detail = provider + ": " + objection.detail();
        return switch (objection.reason()) {
            case AMOUNT_OUT_OF_RANGE -> new PayoutRefusal.AmountOutOfRange(detail);
            case INVALID_RECIPIENT -> new PayoutRefusal.InvalidRecipient(detail);
            // What forbids paying and is known without asking is that the credentials are for tests.
            case PROVIDER_DISABLED -> new PayoutRefusal.TestMode(detail);
            default -> new PayoutRefusal.NoRoute(detail);
        };
    }
}
