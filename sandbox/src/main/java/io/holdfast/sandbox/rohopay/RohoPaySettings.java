package io.holdfast.sandbox.rohopay;

import java.util.Map;
import java.util.Set;

/**
 * The project that a RohoPay simulator plays.
 *
 * @param liveKey the only key that pays, {@code live_} and 64 hexadecimal digits
 * @param testKey a key that may ask and never pays, {@code test_} and 64 hexadecimal digits
 * @param webhookSecret signs the webhooks
 * @param currency of the wallet whose balance is told
 * @param openingBalances what each currency's account holds at first, in whole units
 * @param commissionBasisPoints the commission, in hundredths of a percent of the amount
 * @param variations ways in which RohoPay's sources differ from its published page
 * @param requestsPerMinute the rate limit
 */
public record RohoPaySettings(
        String liveKey,
        String testKey,
        String webhookSecret,
        String currency,
        Map<String, Long> openingBalances,
        int commissionBasisPoints,
        Set<RohoPayVariation> variations,
        int requestsPerMinute) {

    private static final String DIGITS = "0123456789abcdef".repeat(4);
    private static final int COMMISSION = 200;
    private static final int REQUESTS_PER_MINUTE = 100;
    private static final long MUCH = 10_000_000;

    /** Copies the collections. */
    public RohoPaySettings {
        openingBalances = Map.copyOf(openingBalances);
        variations = Set.copyOf(variations);
    }

    /**
     * Returns a project with a live key of the documented form, the webhook secret {@code whsec_test}, 10,000,000 of each
     * of RohoPay's currencies, a commission of 2 percent on top, and the documented limit of 100 requests per minute.
     */
    public static RohoPaySettings account() {
        return new RohoPaySettings(
                "live_" + DIGITS,
                "test_" + DIGITS,
                "whsec_test",
                "UGX",
                Map.of("UGX", MUCH, "KES", MUCH, "TZS", MUCH, "RWF", MUCH),
                COMMISSION,
                Set.of(),
                REQUESTS_PER_MINUTE);
    }

    /** Returns this project with another wallet to tell the balance of, which holds so much at first. */
    public RohoPaySettings wallet(String code, long opening) {
        return new RohoPaySettings(
                liveKey,
                testKey,
                webhookSecret,
                code,
                Map.of(code, opening),
                commissionBasisPoints,
                variations,
                requestsPerMinute);
    }

    /** Returns this project with other forms of answer. */
    public RohoPaySettings variations(Set<RohoPayVariation> others) {
        return new RohoPaySettings(
                liveKey,
                testKey,
                webhookSecret,
                currency,
                openingBalances,
                commissionBasisPoints,
                others,
                requestsPerMinute);
    }

    /** Returns this project with another rate limit. */
    public RohoPaySettings requestsPerMinute(int requests) {
        return new RohoPaySettings(
                liveKey,
                testKey,
                webhookSecret,
                currency,
                openingBalances,
                commissionBasisPoints,
                variations,
                requests);
    }

    @Override
    public String toString() {
        return "RohoPaySettings[currency=" + currency + ", variations=" + variations + "]";
    }
}
