package io.holdfast.provider.wistfare;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How Wistfare is reached, and what its documents leave open. Nothing in it shows a secret.
 *
 * @param baseUrl scheme, host and what stands before {@code /v1}
 * @param apiKey sent as {@code X-API-Key}; {@code wf_live_} or {@code wf_test_} at its beginning tells the environment
 * @param businessId whose disbursements they are
 * @param walletId which wallet pays
 * @param wireCase how requests write the names of their fields, of which Wistfare's page and SDKs say both
 * @param phoneForm how numbers are written, of which its page and SDKs say both
 * @param franc how Wistfare counts RWF; no limits are documented
 * @param feeMode who bears the fee, which no document says
 * @param referenceWindow for how long the same {@code referenceId} is safe to send again; no document says that it ever is,
 *     so it is zero unless Wistfare says so in writing
 * @param reversalRefundsFee whether Wistfare gives its fee back with a refunded disbursement, which no document says
 * @param feeQuestion whether {@code POST /v1/fees/calculate} is asked, which Wistfare's newer SDKs have dropped
 * @param webhookSecret a secret that Wistfare sends with its calls; without it anybody's call makes us ask
 * @param exchangeTimeout for each whole exchange
 */
public record WistfareSettings(
        URI baseUrl,
        Secret apiKey,
        String businessId,
        String walletId,
        WireCase wireCase,
        PhoneForm phoneForm,
        WireCurrency franc,
        FeeMode feeMode,
        Duration referenceWindow,
        boolean reversalRefundsFee,
        boolean feeQuestion,
        Optional<SharedSecret> webhookSecret,
        Duration exchangeTimeout) {

    private static final Currency RWF = Currency.of("RWF");
    private static final String LIVE = "wf_live_";
    private static final String TEST = "wf_test_";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** How the names of fields are written. */
    public enum WireCase {
        /** {@code businessId}, as on the published page. */
        CAMEL,
        /** {@code business_id}, as the SDKs have it. */
        SNAKE
    }

    /** How phone numbers are written. */
    public enum PhoneForm {
        /** {@code 250788000000}, as on the published page. */
        DIGITS,
        /** {@code +250788000000}, as the SDKs' tests have it. */
        WITH_PLUS
    }

    /**
     * A secret that comes with each call.
     *
     * @param header which carries it
     * @param secret the secret itself
     */
    public record SharedSecret(String header, Secret secret) {}

    /**
     * Refuses what Wistfare could not be paid through.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public WistfareSettings {
        BoundedHttp.checkUrl("Wistfare's base URL", baseUrl);
        checkId("business id", businessId);
        checkId("wallet id", walletId);
        if (!franc.currency().equals(RWF)) {
            throw new IllegalArgumentException("Wistfare pays in RWF only, not in " + franc.currency());
        }
        if (referenceWindow.isNegative() || referenceWindow.compareTo(Resend.WINDOW_MAX) > 0) {
            throw new IllegalArgumentException("Wistfare's window of " + referenceWindow
                    + " for the same referenceId: from zero to " + Resend.WINDOW_MAX.toDays() + " days are possible");
        }
    }

    /** Returns whether this key pays or tries out, if it shows that. */
    Optional<Environment> environment() {
        if (apiKey.value().startsWith(LIVE)) {
            return Optional.of(Environment.LIVE);
        }
        return apiKey.value().startsWith(TEST) ? Optional.of(Environment.TEST) : Optional.empty();
    }

    private static void checkId(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "Wistfare's " + what + " \"" + id + "\" is not 1 to 100 letters, digits, dashes and underscores");
        }
    }

    /**
     * Begins the settings that Wistfare's documents give.
     *
     * @throws IllegalArgumentException if the API key is empty or holds what a header cannot carry
     */
    public static Builder builder(String apiKey, String businessId, String walletId) {
        return new Builder(Secret.of("Wistfare's API key", apiKey), businessId, walletId);
    }

    /** Settings being written. Not safe for use by several threads. */
    public static final class Builder {

        private final Secret apiKey;
        private final String businessId;
        private final String walletId;
        private URI baseUrl = URI.create("https://api-production.wistfare.com");
        private WireCase wireCase = WireCase.CAMEL;
        private PhoneForm phoneForm = PhoneForm.DIGITS;
        private WireCurrency franc = WireCurrency.of(RWF, 0);
        private FeeMode feeMode = FeeMode.ON_TOP;
        private Duration referenceWindow = Duration.ZERO;
        private boolean reversalRefundsFee;
        private boolean feeQuestion;
        private Optional<SharedSecret> webhookSecret = Optional.empty();
        private Duration exchangeTimeout = Duration.ofSeconds(10);

        private Builder(Secret apiKey, String businessId, String walletId) {
            this.apiKey = apiKey;
            this.businessId = businessId;
            this.walletId = walletId;
        }

        /** Sets scheme, host and what stands before {@code /v1}. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** Sets how requests write the names of their fields. */
        public Builder wireCase(WireCase value) {
            wireCase = value;
            return this;
        }

        /** Sets how phone numbers are written. */
        public Builder phoneForm(PhoneForm value) {
            phoneForm = value;
            return this;
        }

        /** Sets between which amounts Wistfare pays. */
        public Builder franc(WireCurrency value) {
            franc = value;
            return this;
        }

        /** Changes how Wistfare counts RWF and between which amounts it pays, from what was set before. */
        public Builder franc(UnaryOperator<WireCurrency> change) {
            return franc(change.apply(franc));
        }

        /** Sets who bears the fee. */
        public Builder feeMode(FeeMode value) {
            feeMode = value;
            return this;
        }

        /** Declares that Wistfare answers the same {@code referenceId} with the first disbursement for so long. */
        public Builder referenceIsIdempotentFor(Duration value) {
            referenceWindow = value;
            return this;
        }

        /** Declares that Wistfare gives its fee back with a refunded disbursement. */
        public Builder reversalRefundsFee() {
            reversalRefundsFee = true;
            return this;
        }

        /** Declares that {@code POST /v1/fees/calculate} is there to be asked. */
        public Builder feeQuestion() {
            feeQuestion = true;
            return this;
        }

        /**
         * Sets the secret that Wistfare sends with its calls in {@code X-Webhook-Secret}.
         *
         * @throws IllegalArgumentException if it is empty or not visible ASCII
         */
        public Builder webhookSecret(String value) {
            return webhookSecret("X-Webhook-Secret", value);
        }

        /**
         * Sets the secret that Wistfare sends with its calls, and the header that carries it.
         *
         * @throws IllegalArgumentException if it is empty or not visible ASCII
         */
        public Builder webhookSecret(String header, String value) {
            webhookSecret = Optional.of(new SharedSecret(header, Secret.of("Wistfare's webhook secret", value)));
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
         * @throws IllegalArgumentException with the value that Wistfare could not be paid through
         */
        public WistfareSettings build() {
            return new WistfareSettings(
                    baseUrl,
                    apiKey,
                    businessId,
                    walletId,
                    wireCase,
                    phoneForm,
                    franc,
                    feeMode,
                    referenceWindow,
                    reversalRefundsFee,
                    feeQuestion,
                    webhookSecret,
                    exchangeTimeout);
        }
    }
}
