package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.spi.PayoutProvider;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Works out what a payout costs and over which routes it may go. */
final class Pricing {

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
     * @throws IllegalArgumentException if its quote is of other content or not there
     */
    Price of(PayoutRequest request, Situation situation) {
        Recipients.check(request.recipient());
        Price price = request.quote().isPresent() ? quoted(request, situation) : now(request, situation);
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

    private static Price quoted(PayoutRequest request, Situation situation) {
        QuoteStore.Given given = Optional.ofNullable(
                        situation.quotes().get(request.quote().orElseThrow()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no quote " + request.quote().orElseThrow()));
        PayoutQuote quote = given.quote();
        boolean isSame = quote.wallet().equals(request.wallet())
                && quote.named().equals(request.amount())
                && quote.payer() == request.payer()
                && quote.provider().equals(request.provider())
                && given.isFor(request.recipient());
        if (!isSame) {
            throw new IllegalArgumentException("Quote " + quote.id() + " is for " + quote.named() + " from "
                    + quote.wallet() + " to a certain recipient, and payout \"" + request.key()
                    + "\" is another: wallet, amount, payer, recipient and provider have to be those quoted");
        }
        if (given.usedBy().isPresent()) {
            throw new PayoutRefusedException(
                    new PayoutRefusal.QuoteUsed(quote.id(), given.usedBy().get()));
        }
        if (!situation.now().isBefore(quote.expiresAt())) {
            throw new PayoutRefusedException(new PayoutRefusal.QuoteExpired(quote.id(), quote.expiresAt()));
        }
        return new Price(quote.amount(), quote.fee(), quote.routes());
    }
}
