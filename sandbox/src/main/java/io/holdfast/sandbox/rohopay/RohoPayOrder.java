package io.holdfast.sandbox.rohopay;

import io.holdfast.sandbox.simulator.CallbackUrl;
import io.holdfast.sandbox.simulator.JsonBody;
import io.holdfast.sandbox.simulator.MalformedBody;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The checked body of a create.
 *
 * @param phone digits only
 * @param amount in whole units, which is what RohoPay means by the smallest
 */
record RohoPayOrder(String phone, long amount, String currency, Optional<URI> callbackUrl) {

    private static final long AMOUNT_MIN = 1_000;
    private static final long AMOUNT_MAX = 1_000_000_000_000L;
    private static final String PHONE = "[1-9]\\d{9,13}";
    private static final Map<String, String> COUNTRY = Map.of("UGX", "256", "KES", "254", "TZS", "255", "RWF", "250");
    private static final Set<String> FIELDS = Set.of("phone", "amount", "currency", "description", "callback_url");

    /** Reads a body, or says what RohoPay would refuse it for. */
    static RohoPayOrder parse(String body) {
        try {
            return parse(JsonBody.parse(body).only(FIELDS));
        } catch (MalformedBody malformed) {
            throw RohoPayErrors.invalid(malformed.problem());
        }
    }

    private static RohoPayOrder parse(JsonBody json) {
        String currency = json.text("currency");
        String country = COUNTRY.get(currency);
        if (country == null) {
            throw RohoPayErrors.invalidCurrency();
        }
        String phone = json.text("phone");
        if (!phone.matches(PHONE) || !phone.startsWith(country)) {
            throw RohoPayErrors.invalidPhone("phone must be in international format without +, in " + currency
                    + "'s country: " + country + "...");
        }
        long amount = json.whole("amount");
        if (amount < AMOUNT_MIN || amount > AMOUNT_MAX) {
            throw RohoPayErrors.invalidAmount("amount must be at least " + AMOUNT_MIN);
        }
        json.optionalText("description");
        Optional<URI> callback = json.optionalText("callback_url")
                .map(text -> CallbackUrl.parse(text)
                        .orElseThrow(() -> RohoPayErrors.invalid("callback_url must be an HTTPS URL")));
        return new RohoPayOrder(phone, amount, currency, callback);
    }
}
