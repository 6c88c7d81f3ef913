package io.holdfast.provider.snippe;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How Snippe is reached, and what its documents leave open. Nothing in it shows a secret.
 *
 * @param baseUrl scheme, host and what stands before the API's own paths
 * @param pathPrefix of the API's paths: {@code /v1}; Snippe's Python client uses {@code /api/v1}
 * @param apiKey with the scopes disbursement:read, disbursement:create and, for the balance, collection:read
 * @param webhookSecret signs Snippe's calls to us; without it none of them is believed
 * @param webhookUrl where Snippe calls us about each payout; without it, where its dashboard says
 * @param apiVersion sent as {@code Snippe-Version}, as Snippe's own clients do; absent to send none
 * @param shilling how Snippe counts TZS: whole shillings, from 5,000 on; no maximum is documented
 * @param operators which Snippe pays to, of airtel, mpesa, mixx and halotel; some of its pages leave M-Pesa out
 * @param unnamedRecipient what stands for the name of a recipient who has none, for Snippe wants one
 * @param reversalRefundsFee whether Snippe gives its fee back with a reversed payout, which no document says
 * @param keyLengthMax longest idempotency key that Snippe takes
 * @param exchangeTimeout for each whole exchange
 */
public record SnippeSettings(
        URI baseUrl,
        String pathPrefix,
        Secret apiKey,
        Optional<Secret> webhookSecret,
        Optional<URI> webhookUrl,
        Optional<String> apiVersion,
        WireCurrency shilling,
        Set<String> operators,
        String unnamedRecipient,
        boolean reversalRefundsFee,
        int keyLengthMax,
        Duration exchangeTimeout) {

    private static final Currency TZS = Currency.of("TZS");
    private static final int WEBHOOK_URL_MAX = 500;
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._-]+)*");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    /**
     * Refuses what Snippe could not be paid through.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public SnippeSettings {
        BoundedHttp.checkUrl("Snippe's base URL", baseUrl);
        check(
                PREFIX.matcher(pathPrefix).matches(),
                "Snippe's path prefix \"" + pathPrefix + "\" is neither empty nor of the form /v1");
        webhookUrl.ifPresent(url -> {
            BoundedHttp.checkUrl("Snippe's webhook URL", url);
            check(
                    url.toString().length() <= WEBHOOK_URL_MAX,
                    "Snippe's webhook URL has " + url.toString().length() + " characters: it takes at most "
                            + WEBHOOK_URL_MAX);
        });
        apiVersion.ifPresent(version -> check(
                VERSION.matcher(version).matches(),
                "Snippe's API version \"" + version + "\" is not of the form 2026-01-25"));
        check(shilling.currency().equals(TZS), "Snippe pays in TZS only, not in " + shilling.currency());
        operators = Set.copyOf(operators);
        Set<String> strange = new TreeSet<>(operators);
        strange.removeAll(Operators.NAMES);
        check(strange.isEmpty(), "Snippe's operators " + strange + " are none of " + new TreeSet<>(Operators.NAMES));
        check(
                !unnamedRecipient.isBlank()
                        && unnamedRecipient.length() <= Recipient.NAME_MAX
                        && unnamedRecipient.chars().noneMatch(Character::isISOControl),
                "The name for recipients without one has 1 to " + Recipient.NAME_MAX
                        + " characters, and no control characters");
        check(
                keyLengthMax >= KeyFormat.Text.LENGTH_MIN,
                "Snippe's longest key of " + keyLengthMax + " characters: " + KeyFormat.Text.LENGTH_MIN
                        + " are needed to tell payouts apart");
    }

    /**
     * Begins the settings that Snippe's documents give.
     *
     * @throws IllegalArgumentException if the API key is empty or holds what a header cannot carry
     */
    public static Builder builder(String apiKey) {
        return new Builder(Secret.of("Snippe's API key", apiKey));
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Settings being written. Not safe for use by several threads. */
    public static final class Builder {

        private final Secret apiKey;
        private URI baseUrl = URI.create("https://api.snippe.sh");
        private String pathPrefix = "/v1";
        private Optional<Secret> webhookSecret = Optional.empty();
        private Optional<URI> webhookUrl = Optional.empty();
        private Optional<String> apiVersion = Optional.of("2026-01-25");
        private WireCurrency shilling = WireCurrency.of(TZS, 0).minimum(Money.parse("TZS 5000"));
        private Set<String> operators = Operators.NAMES;
        private String unnamedRecipient = "Customer";
        private boolean reversalRefundsFee;
        private int keyLengthMax = 30;
        private Duration exchangeTimeout = Duration.ofSeconds(10);

        private Builder(Secret apiKey) {
            this.apiKey = apiKey;
        }

        /** Sets scheme, host and what stands before the API's own paths. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** Sets what the API's paths begin with. */
        public Builder pathPrefix(String value) {
            pathPrefix = value;
            return this;
        }

        /**
         * Sets the secret that signs Snippe's calls to us.
         *
         * @throws IllegalArgumentException if it is empty or not visible ASCII
         */
        public Builder webhookSecret(String value) {
            webhookSecret = Optional.of(Secret.of("Snippe's webhook secret", value));
            return this;
        }

        /** Sets where Snippe calls us about each payout. */
        public Builder webhookUrl(URI value) {
            webhookUrl = Optional.of(value);
            return this;
        }

        /** Sets the API's version; nothing to send none. */
        public Builder apiVersion(Optional<String> value) {
            apiVersion = value;
            return this;
        }

        /** Sets how Snippe counts TZS and between which amounts it pays. */
        public Builder shilling(WireCurrency value) {
            shilling = value;
            return this;
        }

        /** Changes how Snippe counts TZS and between which amounts it pays, from what was set before. */
        public Builder shilling(UnaryOperator<WireCurrency> change) {
            return shilling(change.apply(shilling));
        }

        /** Sets the operators that Snippe pays to. */
        public Builder operators(Set<String> values) {
            operators = values;
            return this;
        }

        /** Sets what stands for the name of a recipient who has none. */
        public Builder unnamedRecipient(String value) {
            unnamedRecipient = value;
            return this;
        }

        /** Declares that Snippe gives its fee back with a reversed payout. */
        public Builder reversalRefundsFee() {
            reversalRefundsFee = true;
            return this;
        }

        /** Sets the length of the longest idempotency key. */
        public Builder keyLengthMax(int value) {
            keyLengthMax = value;
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
         * @throws IllegalArgumentException with the value that Snippe could not be paid through
         */
        public SnippeSettings build() {
            return new SnippeSettings(
                    baseUrl,
                    pathPrefix,
                    apiKey,
                    webhookSecret,
                    webhookUrl,
                    apiVersion,
                    shilling,
                    operators,
                    unnamedRecipient,
                    reversalRefundsFee,
                    keyLengthMax,
                    exchangeTimeout);
        }
    }
}
