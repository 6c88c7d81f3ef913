package io.holdfast.sandbox.nkwa;

import java.net.URI;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The merchant that a Nkwa simulator plays.
 *
 * @param apiKey the only valid key
 * @param signingKeys sign the callbacks
 * @param callbackUrl where callbacks go, as the portal has it; empty for nowhere
 * @param openingBalance what the account holds at first, in francs
 * @param fee taken beside each amount, in francs
 * @param suspended the operators that cannot be paid, of {@code mtn orange}
 * @param disburses whether disbursements are enabled for the merchant
 * @param requestsPerMinute the rate limit, whose documented number is not known
 */
public record NkwaSettings(
        String apiKey,
        KeyPair signingKeys,
        Optional<URI> callbackUrl,
        long openingBalance,
        long fee,
        Set<String> suspended,
        boolean disburses,
        int requestsPerMinute) {

    private static final long OPENING_BALANCE = 10_000_000;
    private static final long FEE = 50;
    private static final int REQUESTS_PER_MINUTE = 100;

    /** Copies the set. */
    public NkwaSettings {
        suspended = Set.copyOf(suspended);
    }

    /** Returns a merchant with the key {@code nkwa_test_key}, XAF 10,000,000 and a fee of XAF 50, who may disburse. */
    public static NkwaSettings account() {
        return new NkwaSettings(
                "nkwa_test_key",
                NkwaKeys.PAIR,
                Optional.empty(),
                OPENING_BALANCE,
                FEE,
                Set.of(),
                true,
                REQUESTS_PER_MINUTE);
    }

    /** Returns the public key of the callbacks as the portal shows it: in base64, without a frame. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(signingKeys.getPublic().getEncoded());
    }

    /** Returns this merchant with a URL for callbacks. */
    public NkwaSettings callbackUrl(URI url) {
        return new NkwaSettings(
                apiKey, signingKeys, Optional.of(url), openingBalance, fee, suspended, disburses, requestsPerMinute);
    }

    /** Returns this merchant with another opening balance, in francs. */
    public NkwaSettings openingBalance(long francs) {
        return new NkwaSettings(apiKey, signingKeys, callbackUrl, francs, fee, suspended, disburses, requestsPerMinute);
    }

    /** Returns this merchant with operators that cannot be paid. */
    public NkwaSettings suspended(Set<String> operators) {
        return new NkwaSettings(
                apiKey, signingKeys, callbackUrl, openingBalance, fee, operators, disburses, requestsPerMinute);
    }

    /** Returns this merchant without the permission to disburse. */
    public NkwaSettings notDisbursing() {
        return new NkwaSettings(
                apiKey, signingKeys, callbackUrl, openingBalance, fee, suspended, false, requestsPerMinute);
    }

    /** Returns this merchant with another rate limit. */
    public NkwaSettings requestsPerMinute(int requests) {
        return new NkwaSettings(apiKey, signingKeys, callbackUrl, openingBalance, fee, suspended, disburses, requests);
    }

    @Override
    public String toString() {
        return "NkwaSettings[callbackUrl=" + callbackUrl + ", suspended=" + suspended + "]";
    }
}
