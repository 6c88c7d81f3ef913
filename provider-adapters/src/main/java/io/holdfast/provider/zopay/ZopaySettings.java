package io.holdfast.provider.zopay;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.Secret;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How Zopay is reached, and what its documents leave open. Nothing in it shows a secret.
 *
 * @param baseUrl scheme, host and what stands before {@code /api/v1}; Zopay's documents name several hosts
 * @param apiKey names the merchant
 * @param secret signs our requests
 * @param origin the domain or address that Zopay has verified
 * @param headerPrefix what the names of our headers begin with: {@code x-zo-}; some pages say {@code x-zito-}
 * @param signedQuery in which form a query takes part in the signature, of which Zopay's examples show both
 * @param franc how Zopay counts XAF, the only currency whose amounts mean the same wherever Zopay writes them
 * @param quoteLife how long a quote is used that does not say when it expires, longer than an exchange: 5 to 15 minutes by
 *     the documents
 * @param webhook how Zopay signs its calls to us; without it none of them is believed
 * @param freshness tells the time and makes nonces
 * @param exchangeTimeout for each whole exchange
 */
public record ZopaySettings(
        URI baseUrl,
        Secret apiKey,
        Secret secret,
        String origin,
        String headerPrefix,
        SignedQuery signedQuery,
        WireCurrency franc,
        Duration quoteLife,
        Optional<Webhook> webhook,
        Freshness freshness,
        Duration exchangeTimeout) {

    /** The longest that a quote is used, whatever it says. */
    static final Duration QUOTE_LIFE_MAX = Duration.ofMinutes(15);

    private static final Currency XAF = Currency.of("XAF");
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z-]{0,20}-");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,60}");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,200}");

    /** In which form a query is signed. */
    public enum SignedQuery {
        /** Exactly as it is sent, as Zopay's example in Python has it. */
        AS_SENT,
        /** With its values decoded, as the example in JavaScript has it. */
        DECODED
    }

    /**
     * What makes each request a new one.
     *
     * @param clock tells the time of requests
     * @param nonces makes a text that was never made before
     */
    public record Freshness(Clock clock, Supplier<String> nonces) {}

    /**
     * How Zopay's calls are signed.
     *
     * @param secret of the endpoint
     * @param signatureHeader carries the signature; another page says {@code X-Webhook-Signature}
     * @param timestampHeader carries the time, in milliseconds
     */
    public record Webhook(Secret secret, String signatureHeader, String timestampHeader) {

        /**
         * Returns what Zopay's documents say of calls: signed in {@code X-Zo-Signature} and {@code X-Zo-Timestamp}.
         *
         * @throws IllegalArgumentException if the secret is empty or not visible ASCII
         */
        public static Webhook of(String secret) {
            return new Webhook(Secret.of("Zopay's webhook secret", secret), "X-Zo-Signature", "X-Zo-Timestamp");
        }

        /** Returns the same with the signature in another header. */
        public Webhook signedIn(String header) {
            return new Webhook(secret, header, timestampHeader);
        }

        /** Returns the same with the time in another header. */
        public Webhook timedIn(String header) {
            return new Webhook(secret, signatureHeader, header);
        }

        /**
         * Refuses what is no name of a header.
         *
         * @throws IllegalArgumentException with the name
         */
        public Webhook {
            for (String header : new String[] {signatureHeader, timestampHeader}) {
                if (!HEADER.matcher(header).matches()) {
                    throw new IllegalArgumentException(
                            "Zopay's webhook header \"" + header + "\" is no name of a header, such as X-Zo-Signature");
                }
            }
        }
    }

    /**
     * Refuses what Zopay could not be paid through.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public ZopaySettings {
        BoundedHttp.checkUrl("Zopay's base URL", baseUrl);
        if (!VISIBLE.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "Zopay's origin \"" + origin + "\" is not the domain or address that its dashboard has verified");
        }
        if (!PREFIX.matcher(headerPrefix).matches()) {
            throw new IllegalArgumentException(
                    "Zopay's header prefix \"" + headerPrefix + "\" is not of the form x-zo-");
        }
        if (!franc.currency().equals(XAF)) {
            throw new IllegalArgumentException("Zopay is paid through in XAF only, not in " + franc.currency());
        }
        if (quoteLife.isNegative() || quoteLife.isZero() || quoteLife.compareTo(QUOTE_LIFE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "A quote's life of " + quoteLife + ": above zero and at most " + QUOTE_LIFE_MAX + " are possible");
        }
        if (quoteLife.compareTo(exchangeTimeout) <= 0) {
            throw new IllegalArgumentException(
                    "A quote's life of " + quoteLife + " is over before an exchange of up to " + exchangeTimeout
                            + " is, so that nothing could be sent: it has to be longer than the timeout");
        }
    }

    /**
     * Begins the settings that Zopay's documents give.
     *
     * @throws IllegalArgumentException if key or secret are empty or hold what a header cannot carry
     */
    public static Builder builder(String apiKey, String secret, String origin) {
        return new Builder(Secret.of("Zopay's API key", apiKey), Secret.of("Zopay's secret", secret), origin);
    }

    /** Settings being written. Not safe for use by several threads. */
    public static final class Builder {

        private static final int NONCE_BYTES = 16;
        private static final SecureRandom RANDOM = new SecureRandom();

        private final Secret apiKey;
        private final Secret secret;
        private final String origin;
        private URI baseUrl = URI.create("https://api.zopay.com");
        private String headerPrefix = "x-zo-";
        private SignedQuery signedQuery = SignedQuery.AS_SENT;
        private WireCurrency franc = WireCurrency.of(XAF, 0);
        private Duration quoteLife = Duration.ofMinutes(5);
        private Optional<Webhook> webhook = Optional.empty();
        private Freshness freshness = new Freshness(Clock.systemUTC(), Builder::nonce);
        private Duration exchangeTimeout = Duration.ofSeconds(10);

        private Builder(Secret apiKey, Secret secret, String origin) {
            this.apiKey = apiKey;
            this.secret = secret;
            this.origin = origin;
        }

        private static String nonce() {
            byte[] bytes = new byte[NONCE_BYTES];
            RANDOM.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }

        /** Sets scheme, host and what stands before {@code /api/v1}. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** Sets what the names of our headers begin with. */
        public Builder headerPrefix(String value) {
            headerPrefix = value;
            return this;
        }

        /** Sets in which form a query is signed. */
        public Builder signedQuery(SignedQuery value) {
            signedQuery = value;
            return this;
        }

        /** Sets between which amounts Zopay pays. */
        public Builder franc(WireCurrency value) {
            franc = value;
            return this;
        }

        /** Changes how Zopay counts XAF and between which amounts it pays, from what was set before. */
        public Builder franc(UnaryOperator<WireCurrency> change) {
            return franc(change.apply(franc));
        }

        /** Sets how long a quote is used that does not say when it expires: longer than an exchange may take. */
        public Builder quoteLife(Duration value) {
            quoteLife = value;
            return this;
        }

        /**
         * Sets the secret that signs Zopay's calls to us, in {@code X-Zo-Signature} and {@code X-Zo-Timestamp}.
         *
         * @throws IllegalArgumentException if it is empty or not visible ASCII
         */
        public Builder webhookSecret(String value) {
            return webhook(Webhook.of(value));
        }

        /** Sets how Zopay's calls to us are signed. */
        public Builder webhook(Webhook value) {
            webhook = Optional.of(value);
            return this;
        }

        /** Sets what tells the time and makes nonces. */
        public Builder freshness(Freshness value) {
            freshness = value;
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
         * @throws IllegalArgumentException with the value that Zopay could not be paid through
         */
        public ZopaySettings build() {
            return new ZopaySettings(
                    baseUrl,
                    apiKey,
                    secret,
                    origin,
                    headerPrefix,
                    signedQuery,
                    franc,
                    quoteLife,
                    webhook,
                    freshness,
                    exchangeTimeout);
        }
    }
}
