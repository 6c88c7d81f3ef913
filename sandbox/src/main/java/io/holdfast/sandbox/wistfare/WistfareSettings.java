package io.holdfast.sandbox.wistfare;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The business that a Wistfare simulator plays.
 *
 * @param apiKey the only valid key, {@code wf_live_...}
 * @param businessId whose disbursements are seen
 * @param walletId which wallet pays
 * @param openingBalance what the wallet holds at first, in francs
 * @param fee of each disbursement, in francs
 * @param webhookUrl where calls go; empty for nowhere
 * @param sharedSecret sent with each call as {@code X-Webhook-Secret}; empty for none
 * @param variations ways in which Wistfare's sources differ from its published page
 * @param requestsPerMinute the rate limit, whose documented number is not known
 */
public record WistfareSettings(
        String apiKey,
        String businessId,
        String walletId,
        long openingBalance,
        long fee,
        Optional<URI> webhookUrl,
        Optional<String> sharedSecret,
        Set<WistfareVariation> variations,
        int requestsPerMinute) {

    private static final long OPENING_BALANCE = 10_000_000;
    private static final long FEE = 100;
    private static final int REQUESTS_PER_MINUTE = 100;

    /** Copies the set. */
    public WistfareSettings {
        variations = Set.copyOf(variations);
    }

    /** Returns a business with the key {@code wf_live_simulated}, RWF 10,000,000 and a fee of RWF 100 on top. */
    public static WistfareSettings account() {
        return new WistfareSettings(
                "wf_live_simulated",
                "biz_123",
                "wal_456",
                OPENING_BALANCE,
                FEE,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                REQUESTS_PER_MINUTE);
    }

    /** Returns this business with another opening balance, in francs. */
    public WistfareSettings openingBalance(long francs) {
        return new WistfareSettings(
                apiKey, businessId, walletId, francs, fee, webhookUrl, sharedSecret, variations, requestsPerMinute);
    }

    /** Returns this business with a URL for calls. */
    public WistfareSettings webhookUrl(URI url) {
        return new WistfareSettings(
                apiKey,
                businessId,
                walletId,
                openingBalance,
                fee,
                Optional.of(url),
                sharedSecret,
                variations,
                requestsPerMinute);
    }

    /** Returns this business with a secret that is sent with each call. */
    public WistfareSettings sharedSecret(String secret) {
        return new WistfareSettings(
                apiKey,
                businessId,
                walletId,
                openingBalance,
                fee,
                webhookUrl,
                Optional.of(secret),
                variations,
                requestsPerMinute);
    }

    /** Returns this business with other forms of requests and answers. */
    public WistfareSettings variations(Set<WistfareVariation> others) {
        return new WistfareSettings(
                apiKey, businessId, walletId, openingBalance, fee, webhookUrl, sharedSecret, others, requestsPerMinute);
    }

    /** Returns this business with another rate limit. */
    public WistfareSettings requestsPerMinute(int requests) {
        return new WistfareSettings(
                apiKey, businessId, walletId, openingBalance, fee, webhookUrl, sharedSecret, variations, requests);
    }

    boolean has(WistfareVariation variation) {
        return variations.contains(variation);
    }

    @Override
    public String toString() {
        return "WistfareSettings[businessId=" + businessId + ", variations=" + variations + "]";
    }
}
