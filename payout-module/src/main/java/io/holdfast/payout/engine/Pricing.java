package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.spi.PayoutProvider;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Works out what a payout costs and over which routes it may go. */
final class Pricing {

    private static final int DIGITS_MAX = 38;
    private static final BigInteger TOTAL_END = BigInteger.TEN.pow(DIGITS_MAX);

    private final Settings settings;
    private final RouteFinder routes;
    private final ZoneId zone;

    Pricing(Settings settings, ZoneId zone) {
        this.settings = settings;
        this.routes = new RouteFinder(settings);
        this.zone = zone;
    }

    /** What a request comes to. */
    record Price(Money amount, Money fee, List<String> routes) {}

    /**
     * Returns what a request comes to: by its quote, else by the fees of the first provider that can pay it.
     *
     * @throws PayoutRefusedException if a rule says no
     */
    Price of(PayoutRequest request, Situation situation) {
        Recipients.check(request.recipient());
        Price price = request.quote().isPresent() ? quoted(request, situation) : now(request, situation);
        if (price.amount().minor().add(price.fee().minor()).compareTo(TOTAL_END) >= 0) {
            throw new PayoutRefusedException(new PayoutRefusal.AmountOutOfRange(
                    "amount and fee of " + request.amount() + " have more than " + DIGITS_MAX + " digits"));
        }
        LimitDesk.refusal(settings.limits(), price.amount()).ifPresent(refusal -> {
            throw new PayoutRefusedException(refusal);
        });
        return price;
    }

    /** Tells whether it matters to a request which providers are broken. */
    boolean heedsBreakers(PayoutRequest request) {
        return request.quote().isEmpty() && routes.isChoice(request);
    }

    private Price now(PayoutRequest request, Situation situation) {
        List<PayoutProvider> reaching = routes.reaching(request, situation.broken());
        LocalDate today = situation.now().atZone(zone).toLocalDate();
        Optional<PayoutRefusedException> first = Optional.empty();
        for (int i = 0; i < reaching.size(); i++) {
            try {
                Price price = at(request, reaching.subList(i, reaching.size()), today);
                // Otherwise the fee would be that of a provider which does not pay it.
                if (price.routes().get(0).equals(reaching.get(i).name())) {
                    return price;
                }
            } catch (PayoutRefusedException refused) {
                first = first.or(() -> Optional.of(refused));
            }
        }
        throw first.orElseThrow();
    }

    /** Returns the price by the first provider's fees, over those that can pay what is left for the recipient. */
    private Price at(PayoutRequest request, List<PayoutProvider> providers, LocalDate today) {
        Money fee = FeeRule.find(
                        settings.fees(),
                        request.amount().currency(),
                        request.recipient().channel(),
                        providers.get(0).name(),
                        today)
                .map(rule -> rule.schedule().feeFor(request.amount()))
                .orElse(Money.zero(request.amount().currency()));
        Money amount = request.payer() == Payer.SENDER
                ? request.amount()
                : request.amount().minus(fee);
        if (!amount.isPositive()) {
            throw new PayoutRefusedException(new PayoutRefusal.AmountOutOfRange(
                    "of " + request.amount() + " nothing is left for the recipient after a fee of " + fee));
        }
        return new Price(amount, fee, routes.permitted(providers, amount, request.recipient()));
    }

    private Price quoted(PayoutRequest request, Situation situation) {
        UUID id = request.quote().orElseThrow();
        QuoteStore.Given given = Optional.ofNullable(situation.quotes().get(id))
                .orElseThrow(() -> new PayoutRefusedException(new PayoutRefusal.QuoteNotFound(id)));
        PayoutQuote quote = given.quote();
        List<String> differs = differences(given, request);
        if (!differs.isEmpty()) {
            throw new PayoutRefusedException(new PayoutRefusal.QuoteDiffers(id, differs));
        }
        if (given.usedBy().isPresent()) {
            throw new PayoutRefusedException(
                    new PayoutRefusal.QuoteUsed(quote.id(), given.usedBy().get()));
        }
        if (!situation.now().isBefore(quote.expiresAt())) {
            throw new PayoutRefusedException(new PayoutRefusal.QuoteExpired(quote.id(), quote.expiresAt()));
        }
        return new Price(quote.amount(), quote.fee(), left(quote, request));
    }

    /** Returns over which of the quoted routes it can still go. */
    private List<String> left(PayoutQuote quote, PayoutRequest request) {
        List<PayoutProvider> configured = quote.routes().stream()
                .flatMap(name -> settings.find(name).stream())
                .toList();
        if (configured.isEmpty()) {
            throw new PayoutRefusedException(new PayoutRefusal.NoRoute("of " + quote.routes() + ", over which quote "
                    + quote.id() + " goes, none is configured; request it without that quote"));
        }
        return routes.permitted(configured, quote.amount(), request.recipient());
    }

    /** Returns in what a request differs from what was quoted. */
    private static List<String> differences(QuoteStore.Given given, PayoutRequest request) {
        PayoutQuote quote = given.quote();
        List<String> differs = new ArrayList<>();
        Requests.compare(differs, "wallet", quote.wallet(), request.wallet());
        Requests.compare(differs, "amount", quote.named(), request.amount());
        Requests.compare(differs, "payer", quote.payer(), request.payer());
        if (!given.isFor(request.recipient())) {
            differs.add("recipient");
        }
        Requests.compare(differs, "provider", quote.provider(), request.provider());
        return differs;
    }
}
