package io.holdfast.provider.rohopay;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How RohoPay is reached, and what its documents leave open. Nothing in it shows a secret.
 *
 * @param baseUrl scheme, host and what stands before {@code /api/v1}
 * @param apiKey of one project: {@code live_...}, or {@code test_...}, with which RohoPay pays nobody
 * @param webhookSecret signs RohoPay's calls to us; without it none of them is believed
 * @param callbackUrl where RohoPay calls us about each payout; without it it never calls, for there is none for the account
 * @param currencies how RohoPay counts each currency, by "the smallest unit", which for UGX means whole shillings
 * @param feeMode who bears the commission, of which RohoPay's documents say both
 * @param exchangeTimeout for each whole exchange
 */
public record RohoPaySettings(
        URI baseUrl,
        Secret apiKey,
        Optional<Secret> webhookSecret,
        Optional<URI> callbackUrl,
        List<WireCurrency> currencies,
        FeeMode feeMode,
        Duration exchangeTimeout) {

    static final Map<String, String> REGIONS = Map.of("UGX", "UG", "KES", "KE", "TZS", "TZ", "RWF", "RW");

    private static final String TEST = "test_";
    private static final String LIVE = "live_";
    private static final Money MINIMUM = Money.parse("UGX 1000");

    /**
     * Refuses what RohoPay could not be paid through.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public RohoPaySettings {
        BoundedHttp.checkUrl("RohoPay's base URL", baseUrl);
        callbackUrl.ifPresent(url -> BoundedHttp.checkUrl("RohoPay's callback URL", url));
        if (!apiKey.value().startsWith(LIVE) && !apiKey.value().startsWith(TEST)) {
            throw new IllegalArgumentException(
                    "RohoPay's API key begins neither with live_ nor with test_: copy it anew from the project's page");
        }
        currencies = List.copyOf(currencies);
        currencies.stream()
                .map(wire -> wire.currency().code())
                .filter(code -> !REGIONS.containsKey(code))
                .findFirst()
                .ifPresent(code -> {
                    throw new IllegalArgumentException("RohoPay pays in UGX, KES, TZS and RWF only, not in " + code);
                });
    }

    /** Tells whether RohoPay pays nobody with this key. */
    boolean isTest() {
        return apiKey.value().startsWith(TEST);
    }

    /** Returns the environment that RohoPay names in what belongs to this key. */
    String environment() {
        return isTest() ? "test" : "live";
    }

    /**
     * Begins the settings that RohoPay's documents give: UGX, of which at least 1,000 are paid, and RWF. How it counts KES
     * and TZS, which have cents elsewhere, no document says: they are not paid until {@link Builder#currency} tells.
     *
     * @throws IllegalArgumentException if the API key is empty or holds what a header cannot carry
     */
    public static Builder builder(String apiKey) {
        return new Builder(Secret.of("RohoPay's API key", apiKey));
    }

    /** Settings being written. Not safe for use by several threads. */
    public static final class Builder {

        private final Secret apiKey;
        private final List<WireCurrency> currencies = new ArrayList<>(List.of(
                WireCurrency.of(Currency.of("UGX"), 0).minimum(MINIMUM), WireCurrency.of(Currency.of("RWF"), 0)));
        private URI baseUrl = URI.create("https://api.rohopay.com");
        private Optional<Secret> webhookSecret = Optional.empty();
        private Optional<URI> callbackUrl = Optional.empty();
        private FeeMode feeMode = FeeMode.ON_TOP;
        private Duration exchangeTimeout = Duration.ofSeconds(10);

        private Builder(Secret apiKey) {
            this.apiKey = apiKey;
        }

        /** Sets scheme, host and what stands before {@code /api/v1}. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /**
         * Sets the secret that signs RohoPay's calls to us.
         *
         * @throws IllegalArgumentException if it is empty or not visible ASCII
         */
        public Builder webhookSecret(String value) {
            webhookSecret = Optional.of(Secret.of("RohoPay's webhook secret", value));
            return this;
        }

        /** Sets where RohoPay calls us about each payout. */
        public Builder callbackUrl(URI value) {
            callbackUrl = Optional.of(value);
            return this;
        }

        /** Sets how RohoPay counts a currency, and between which amounts it pays, instead of what was set before. */
        public Builder currency(WireCurrency value) {
            currencies.removeIf(wire -> wire.currency().equals(value.currency()));
            currencies.add(value);
            return this;
        }

        /** Sets how many decimals of a currency RohoPay's wire carries; a limit that was set stays. */
        public Builder wireScale(Currency currency, int scale) {
            return currency(currencies.stream()
                    .filter(wire -> wire.currency().equals(currency))
                    .findFirst()
                    .map(wire -> wire.scale(scale))
                    .orElseGet(() -> WireCurrency.of(currency, scale)));
        }

        /** Sets who bears the commission. */
        public Builder feeMode(FeeMode value) {
            feeMode = value;
            return this;
        }

        /** Sets how long a whole exchange may take. */
        public Builder exchangeTimeout(Duration value) {
            exchangeTimeout = value;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @throws IllegalArgumentException with the value that RohoPay could not be paid through
         */
        public RohoPaySettings build() {
            return new RohoPaySettings(
                    baseUrl, apiKey, webhookSecret, callbackUrl, currencies, feeMode, exchangeTimeout);
        }
    }
}
