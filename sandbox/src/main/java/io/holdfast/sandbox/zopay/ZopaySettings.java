package io.holdfast.sandbox.zopay;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The merchant that a Zopay simulator plays.
 *
 * @param apiKey the only valid key
 * @param secret signs requests
 * @param origin the only verified one
 * @param headerPrefix what the names of the headers begin with, {@code x-zo-} or {@code x-zito-}
 * @param webhookSecret signs webhooks
 * @param webhookUrl where webhooks go; empty for nowhere
 * @param openingBalance what the account holds at first, in francs
 * @param gatewayFee of each payout, in francs
 * @param platformFee of each payout, in francs
 * @param variations ways in which Zopay's sources differ from its published page
 * @param requestsPerMinute the rate limit
 */
public record ZopaySettings(
        String apiKey,
        String secret,
        String origin,
        String headerPrefix,
        String webhookSecret,
        Optional<URI> webhookUrl,
        long openingBalance,
        long gatewayFee,
        long platformFee,
        Set<ZopayVariation> variations,
        int requestsPerMinute) {

    private static final long OPENING_BALANCE = 10_000_000;
    private static final long GATEWAY_FEE = 50;
    private static final long PLATFORM_FEE = 25;
    private static final int REQUESTS_PER_MINUTE = 100;

    /** Copies the set. */
    public ZopaySettings {
        variations = Set.copyOf(variations);
    }

    /**
     * Returns a merchant with the key {@code zo_test_key}, the secrets {@code test_secret} and {@code whsec_test}, the
     * origin {@code https://example.com}, XAF 10,000,000 and fees of XAF 50 and 25 on top.
     */
    public static ZopaySettings account() {
        return new ZopaySettings(
                "zo_test_key",
                "test_secret",
                "https://example.com",
                "x-zo-",
                "whsec_test",
                Optional.empty(),
                OPENING_BALANCE,
                GATEWAY_FEE,
                PLATFORM_FEE,
                Set.of(),
                REQUESTS_PER_MINUTE);
    }

    /** Returns this merchant with another prefix of headers. */
    public ZopaySettings headerPrefix(String prefix) {
        return new ZopaySettings(
                apiKey,
                secret,
                origin,
                prefix,
                webhookSecret,
                webhookUrl,
                openingBalance,
                gatewayFee,
                platformFee,
                variations,
                requestsPerMinute);
    }

    /** Returns this merchant with a URL for webhooks. */
    public ZopaySettings webhookUrl(URI url) {
        return new ZopaySettings(
                apiKey,
                secret,
                origin,
                headerPrefix,
                webhookSecret,
                Optional.of(url),
                openingBalance,
                gatewayFee,
                platformFee,
                variations,
                requestsPerMinute);
    }

    /** Returns this merchant with another opening balance, in francs. */
    public ZopaySettings openingBalance(long francs) {
        return new ZopaySettings(
                apiKey,
                secret,
                origin,
                headerPrefix,
                webhookSecret,
                webhookUrl,
                francs,
                gatewayFee,
                platformFee,
                variations,
                requestsPerMinute);
    }

    /** Returns this merchant with other forms of answer. */
    public ZopaySettings variations(Set<ZopayVariation> others) {
        return new ZopaySettings(
                apiKey,
                secret,
                origin,
                headerPrefix,
                webhookSecret,
                webhookUrl,
                openingBalance,
                gatewayFee,
                platformFee,
                others,
                requestsPerMinute);
    }

    /** Returns this merchant with another rate limit. */
    public ZopaySettings requestsPerMinute(int requests) {
        return new ZopaySettings(
                apiKey,
                secret,
                origin,
                headerPrefix,
                webhookSecret,
                webhookUrl,
                openingBalance,
                gatewayFee,
                platformFee,
                variations,
                requests);
    }

    /** Returns what a payout costs beside its amount, in francs. */
    long fees() {
        return gatewayFee + platformFee;
    }

    @Override
    public String toString() {
        return "ZopaySettings[origin=" + origin + ", headerPrefix=" + headerPrefix + ", variations=" + variations + "]";
    }
}
