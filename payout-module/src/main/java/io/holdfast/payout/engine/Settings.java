package io.holdfast.payout.engine;

import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeTolerance;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.Processing;
import io.holdfast.payout.ReversedFee;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WireCurrency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** How the host wants payouts done. */
record Settings(
        Map<String, PayoutProvider> providers,
        List<Route> routes,
        List<FeeRule> fees,
        PayoutAccounts accounts,
        Processing processing,
        ReversedFee reversedFee,
        FeeTolerance feeTolerance,
        ApprovalPolicy approvals,
        PayoutLimits limits,
        CircuitBreaker breaker,
        String actor) {

    Settings {
        providers = Map.copyOf(providers);
        routes = List.copyOf(routes);
        fees = List.copyOf(fees);
    }

    Schedule schedule() {
        return new Schedule(processing);
    }

    Terms terms(PayoutProvider provider) {
        return new Terms(provider.capabilities(), schedule(), reversedFee, feeTolerance);
    }

    /**
     * Returns the terms of the provider that a payout of such an amount went to. One that is no longer configured offers nothing,
     * and what people say that it charged came on top.
     */
    Terms terms(String provider, Money amount) {
        Capabilities ways = find(provider)
                .map(PayoutProvider::capabilities)
                .orElseGet(() -> Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Text(Key.LENGTH_MAX))
                        .channels(Channel.values())
                        .currencies(List.of(WireCurrency.of(
                                amount.currency(), amount.currency().exponent())))
                        .build());
        return new Terms(ways, schedule(), reversedFee, feeTolerance);
    }

    Optional<PayoutProvider> find(String name) {
        return Optional.ofNullable(providers.get(name));
    }

    /** Returns the names of the providers that are configured, in order. */
    SortedSet<String> names() {
        return new TreeSet<>(providers.keySet());
    }

    /**
     * Returns a provider that somebody named.
     *
     * @throws IllegalArgumentException with those that are configured, if it is none of them
     */
    PayoutProvider named(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(absence(name)));
    }

    /** Says that there is no provider of that name, and which there are. */
    String absence(String name) {
        return "There is no provider \"" + name + "\", only " + names();
    }

    /**
     * Returns a provider that is known to be configured.
     *
     * @throws IllegalStateException if it is not
     */
    PayoutProvider provider(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("Provider \"" + name
                        + "\" has payouts that are open and is not configured: configure it until they are closed"));
    }
}
