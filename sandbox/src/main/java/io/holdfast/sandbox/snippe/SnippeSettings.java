package io.holdfast.sandbox.snippe;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * The account that a Snippe simulator plays.
 *
 * @param apiKey the only valid key, {@code snp_...}
 * @param scopes what the key may do
 * @param webhookSecret signs the webhooks
 * @param webhookUrl where webhooks go that the payout itself names no URL for; empty for nowhere
 * @param openingBalance what the account holds at first, in whole shillings
 * @param fee the fee in whole shillings for an amount in whole shillings
 * @param networks the mobile networks that can be paid, of {@code airtel mpesa mixx halotel}
 * @param requestsPerMinute the rate limit
 * @param bankSettleAfter how long a payout to a bank stays pending
 * @param variations forms of answer that differ from the published ones
 */
public record SnippeSettings(
        String apiKey,
        Set<SnippeScope> scopes,
        String webhookSecret,
        Optional<URI> webhookUrl,
        long openingBalance,
        LongUnaryOperator fee,
        Set<String> networks,
        int requestsPerMinute,
        Duration bankSettleAfter,
        Set<SnippeVariation> variations) {

    private static final long FEE = 1_500;
    private static final long OPENING_BALANCE = 10_000_000;
    private static final int REQUESTS_PER_MINUTE = 60;

    /** Copies the sets. */
    public SnippeSettings {
        scopes = Set.copyOf(scopes);
        networks = Set.copyOf(networks);
        variations = Set.copyOf(variations);
    }

    /**
     * Returns an account with the key {@code snp_test_key} and all scopes, the webhook secret {@code whsec_test},
     * TZS 10,000,000, the fee of TZS 1,500 that the published examples show, and the published limit of 60 requests
     * per minute.
     */
    public static SnippeSettings account() {
        return new SnippeSettings(
                "snp_test_key",
                EnumSet.allOf(SnippeScope.class),
                "whsec_test",
                Optional.empty(),
                OPENING_BALANCE,
                amount -> FEE,
                Set.of("airtel", "mpesa", "mixx", "halotel"),
                REQUESTS_PER_MINUTE,
                Duration.ofDays(1),
                Set.of());
    }

    /** Returns this account with another key. */
    public SnippeSettings apiKey(String key) {
        return new SnippeSettings(
                key,
                scopes,
                webhookSecret,
                webhookUrl,
                openingBalance,
                fee,
                networks,
                requestsPerMinute,
                bankSettleAfter,
                variations);
    }

    /** Returns this account with a key that may do only this. */
    public SnippeSettings scopes(Set<SnippeScope> only) {
        return new SnippeSettings(
                apiKey,
                only,
                webhookSecret,
                webhookUrl,
                openingBalance,
                fee,
                networks,
                requestsPerMinute,
                bankSettleAfter,
                variations);
    }

    /** Returns this account with another webhook secret. */
    public SnippeSettings webhookSecret(String secret) {
        return new SnippeSettings(
                apiKey,
                scopes,
                secret,
                webhookUrl,
                openingBalance,
                fee,
                networks,
                requestsPerMinute,
                bankSettleAfter,
                variations);
    }

    /** Returns this account with a URL for webhooks of payouts that name none. */
    public SnippeSettings webhookUrl(URI url) {
        return new SnippeSettings(
                apiKey,
                scopes,
                webhookSecret,
                Optional.of(url),
                openingBalance,
                fee,
                networks,
                requestsPerMinute,
                bankSettleAfter,
                variations);
    }

    /** Returns this account with another opening balance, in whole shillings. */
    public SnippeSettings openingBalance(long shillings) {
        return new SnippeSettings(
                apiKey,
                scopes,
                webhookSecret,
                webhookUrl,
                shillings,
                fee,
                networks,
                requestsPerMinute,
                bankSettleAfter,
                variations);
    }

    /** Returns this account with another fee for each amount, both in whole shillings. */
    public SnippeSettings fee(LongUnaryOperator ofAmount) {
        return new SnippeSettings(
                apiKey,
                scopes,
                webhookSecret,
                webhookUrl,
                openingBalance,
                ofAmount,
                networks,
                requestsPerMinute,
                bankSettleAfter,
                variations);
    }

    /** Returns this account with other mobile networks. */
    public SnippeSettings networks(Set<String> names) {
        return new SnippeSettings(
                apiKey,
                scopes,
                webhookSecret,
                webhookUrl,
                openingBalance,
                fee,
                names,
                requestsPerMinute,
                bankSettleAfter,
                variations);
    }

    /** Returns this account with another rate limit. */
    public SnippeSettings requestsPerMinute(int requests) {
        return new SnippeSettings(
                apiKey,
                scopes,
                webhookSecret,
                webhookUrl,
                openingBalance,
                fee,
                networks,
                requests,
                bankSettleAfter,
                variations);
    }

    /** Returns this account with other forms of answer. */
    public SnippeSettings variations(Set<SnippeVariation> others) {
        return new SnippeSettings(
                apiKey,
                scopes,
                webhookSecret,
                webhookUrl,
                openingBalance,
                fee,
                networks,
                requestsPerMinute,
                bankSettleAfter,
                others);
    }

    @Override
    public String toString() {
        return "SnippeSettings[scopes=" + scopes + ", variations=" + variations + "]";
    }
}
