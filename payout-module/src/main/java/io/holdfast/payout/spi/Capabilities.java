package io.holdfast.payout.spi;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an adapter declares of its provider: the engine sends nothing again and searches no list that is not declared here. A
 * balance, operators and a list to compare with are asked for all the same, and may be answered with {@link
 * Answer.NotOffered}.
 *
 * @param channels by which ways it pays, at least one
 * @param currencies in which it pays, at least one and each once
 * @param feeMode who bears its fee
 * @param keyFormat which idempotency keys it takes
 * @param resend whether a create may be sent again
 * @param features what else it offers
 * @param rateLimit how often it may be called; if absent, no limit is known
 * @param environment whether it is reached to pay or to try out; if absent, that does not show
 */
public record Capabilities(
        Set<Channel> channels,
        List<WireCurrency> currencies,
        FeeMode feeMode,
        KeyFormat keyFormat,
        Resend resend,
        Set<Feature> features,
        Optional<RateLimit> rateLimit,
        Optional<Environment> environment) {

    /**
     * Refuses a provider that pays nowhere or in no currency.
     *
     * @throws IllegalArgumentException with the rule
     */
    public Capabilities {
        channels = Set.copyOf(channels);
        currencies = List.copyOf(currencies);
        features = Set.copyOf(features);
        if (channels.isEmpty() || currencies.isEmpty()) {
            throw new IllegalArgumentException("A provider has at least one channel and one currency, this one has "
                    + channels + " and " + currencies);
        }
        if (currencies.stream().map(WireCurrency::currency).distinct().count() < currencies.size()) {
            throw new IllegalArgumentException("A currency is declared twice: " + currencies);
        }
    }

    /** Begins the capabilities of a provider that offers nothing beyond a create and a lookup. */
    public static Builder builder(FeeMode feeMode, KeyFormat keyFormat) {
        return new Builder(feeMode, keyFormat);
    }

    /** Tells whether the provider offers something. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** Returns how the provider counts a currency, if it pays in it. */
    public Optional<WireCurrency> wire(Currency currency) {
        return currencies.stream()
                .filter(terms -> terms.currency().equals(currency))
                .findFirst();
    }

    /** Returns why this provider cannot be told to pay an amount to a recipient, if it cannot. */
    public Optional<Objection> objection(Money amount, Recipient recipient) {
        if (!channels.contains(recipient.channel())) {
            return Optional.of(
                    new Objection(FailureReason.INVALID_RECIPIENT, "it does not pay by " + recipient.channel()));
        }
        Optional<WireCurrency> wire = wire(amount.currency());
        if (wire.isEmpty()) {
            return Optional.of(
                    new Objection(FailureReason.AMOUNT_OUT_OF_RANGE, "it does not pay in " + amount.currency()));
        }
        return wire.get().objection(amount).map(why -> new Objection(FailureReason.AMOUNT_OUT_OF_RANGE, why));
    }

    /** Capabilities being written. Not safe for use by several threads. */
    public static final class Builder {

        private final FeeMode feeMode;
        private final KeyFormat keyFormat;
        private Set<Channel> channels = Set.of();
        private List<WireCurrency> currencies = List.of();
        private Resend resend = Resend.NEVER;
        private Set<Feature> features = Set.of();
        private Optional<RateLimit> rateLimit = Optional.empty();
        private Optional<Environment> environment = Optional.empty();

        private Builder(FeeMode feeMode, KeyFormat keyFormat) {
            this.feeMode = feeMode;
            this.keyFormat = keyFormat;
        }

        /** Sets the channels. */
        public Builder channels(Channel... values) {
            channels = Set.of(values);
            return this;
        }

        /** Sets the currencies. */
        public Builder currencies(List<WireCurrency> values) {
            currencies = values;
            return this;
        }

        /** Declares that a create may be sent again. */
        public Builder resend(Resend value) {
            resend = value;
            return this;
        }

        /** Sets what else is offered. */
        public Builder features(Feature... values) {
            features = Set.of(values);
            return this;
        }

        /** Sets how often the provider may be called. */
        public Builder rateLimit(RateLimit value) {
            rateLimit = Optional.of(value);
            return this;
        }

        /** Sets whether it is reached to pay or to try out. */
        public Builder environment(Environment value) {
            environment = Optional.of(value);
            return this;
        }

        /**
         * Returns the capabilities.
         *
         * @throws IllegalArgumentException if there is no channel or no currency
         */
        public Capabilities build() {
            return new Capabilities(channels, currencies, feeMode, keyFormat, resend, features, rateLimit, environment);
        }
    }
}
