package io.holdfast.provider.nkwa;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How Nkwa is reached, and what its documents leave open. Nothing in it shows a secret.
 *
 * @param baseUrl scheme, host and what stands before the API's own paths; Nkwa's documents name several hosts, of which its
 *     API's page says of two what they are for
 * @param apiKey sent as {@code X-API-Key}
 * @param callback how Nkwa signs its calls to us; without it a call proves nothing and only makes us ask
 * @param franc how Nkwa counts XAF: whole francs; no limits are documented
 * @param referenceFields fields of a create that carry our reference beside the documented ones; integrators send {@code
 *     reference} or {@code externalRef} and read them back in calls; where one comes back it settles what was not answered,
 *     and nothing relies on it
 * @param signer makes the {@code X-Sig} of a create where request signing is on in Nkwa's portal, in a form that no
 *     document tells
 * @param rateLimit how often Nkwa may be called: it answers 429 beyond a number that no document at hand tells
 * @param exchangeTimeout for each whole exchange
 */
public record NkwaSettings(
        URI baseUrl,
        Secret apiKey,
        Optional<NkwaCallback> callback,
        WireCurrency franc,
        Set<String> referenceFields,
        Optional<Function<CreateRequest, String>> signer,
        Optional<RateLimit> rateLimit,
        Duration exchangeTimeout) {

    private static final Currency XAF = Currency.of("XAF");
    private static final String LIVE_HOST = "api.pay.mynkwa.com";
    private static final String TEST_HOST = "api.pay.staging.mynkwa.com";
    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,39}");
    private static final Set<String> DOCUMENTED = Set.of("amount", "phoneNumber");

    /**
     * Refuses what Nkwa could not be paid through.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public NkwaSettings {
        BoundedHttp.checkUrl("Nkwa's base URL", baseUrl);
        if (!franc.currency().equals(XAF)) {
            throw new IllegalArgumentException("Nkwa pays in XAF only, not in " + franc.currency());
        }
        referenceFields = Set.copyOf(referenceFields);
        for (String field : referenceFields) {
            if (!FIELD.matcher(field).matches() || DOCUMENTED.contains(field)) {
                throw new IllegalArgumentException("Nkwa's field \"" + field
                        + "\" for our reference is no name of an own field, such as externalRef");
            }
        }
    }

    /** Returns whether this host pays or tries out, if Nkwa's page says so. Its keys do not show it. */
    Optional<Environment> environment() {
        String host = baseUrl.getHost();
        if (LIVE_HOST.equalsIgnoreCase(host)) {
            return Optional.of(Environment.LIVE);
        }
        return TEST_HOST.equalsIgnoreCase(host) ? Optional.of(Environment.TEST) : Optional.empty();
    }

    /**
     * Begins the settings that Nkwa's documents give.
     *
     * @throws IllegalArgumentException if the API key is empty or holds what a header cannot carry
     */
    public static Builder builder(String apiKey) {
        return new Builder(Secret.of("Nkwa's API key", apiKey));
    }

    /** Settings being written. Not safe for use by several threads. */
    public static final class Builder {

        private final Secret apiKey;
        private URI baseUrl = URI.create("https://api.pay.mynkwa.com");
        private Optional<NkwaCallback> callback = Optional.empty();
        private WireCurrency franc = WireCurrency.of(XAF, 0);
        private Set<String> referenceFields = Set.of();
        private Optional<Function<CreateRequest, String>> signer = Optional.empty();
        private Optional<RateLimit> rateLimit = Optional.empty();
        private Duration exchangeTimeout = Duration.ofSeconds(10);

        private Builder(Secret apiKey) {
            this.apiKey = apiKey;
        }

        /** Sets scheme, host and what stands before the API's own paths. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** Sets how Nkwa signs its calls to us. */
        public Builder callback(NkwaCallback value) {
            callback = Optional.of(value);
            return this;
        }

        /** Sets between which amounts Nkwa pays. */
        public Builder franc(WireCurrency value) {
            franc = value;
            return this;
        }

        /** Changes how Nkwa counts XAF and between which amounts it pays, from what was set before. */
        public Builder franc(UnaryOperator<WireCurrency> change) {
            return franc(change.apply(franc));
        }

        /** Sets the fields of a create that carry our reference. */
        public Builder referenceFields(Set<String> values) {
            referenceFields = values;
            return this;
        }

        /** Sets what makes the {@code X-Sig} of a create. */
        public Builder signer(Function<CreateRequest, String> value) {
            signer = Optional.of(value);
            return this;
        }

        /** Sets how often Nkwa may be called. */
        public Builder rateLimit(RateLimit value) {
            rateLimit = Optional.of(value);
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
         * @throws IllegalArgumentException with the value that Nkwa could not be paid through
         */
        public NkwaSettings build() {
            return new NkwaSettings(
                    baseUrl, apiKey, callback, franc, referenceFields, signer, rateLimit, exchangeTimeout);
        }
    }
}
