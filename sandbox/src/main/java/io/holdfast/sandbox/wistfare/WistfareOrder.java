package io.holdfast.sandbox.wistfare;

import io.holdfast.sandbox.simulator.JsonBody;
import io.holdfast.sandbox.simulator.MalformedBody;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The checked body of a create.
 *
 * @param amount in francs
 * @param phone digits only
 */
record WistfareOrder(long amount, String phone, String referenceId, Optional<String> description) {

    private static final List<String> FIELDS = List.of(
            "businessId", "walletId", "amount", "destinationType", "destinationRef", "referenceId", "description");
    private static final String PHONE = "2507[2389]\\d{7}";
    private static final String AMOUNT = "[1-9]\\d{0,11}";
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    /** Reads a body, or says what Wistfare would refuse it for. */
    static WistfareOrder parse(String body, WistfareSettings account) {
        try {
            JsonBody json = JsonBody.parse(body)
                    .only(FIELDS.stream().map(field -> wire(field, account)).collect(Collectors.toSet()));
            require(json, wire("businessId", account), account.businessId());
            require(json, wire("walletId", account), account.walletId());
            require(json, wire("destinationType", account), "mobile_money");
            String amount = json.text("amount");
            if (!amount.matches(AMOUNT)) {
                throw WistfareErrors.invalid("amount", "amount must be a positive decimal string");
            }
            String phone = json.text(wire("destinationRef", account));
            if (!phone.matches(PHONE)) {
                throw WistfareErrors.invalid(
                        wire("destinationRef", account), "the destination must be a Rwandan number, 2507XXXXXXXX");
            }
            return new WistfareOrder(
                    Long.parseLong(amount),
                    phone,
                    json.text(wire("referenceId", account)),
                    json.optionalText("description"));
        } catch (MalformedBody malformed) {
            throw WistfareErrors.invalid(malformed.field(), malformed.problem());
        }
    }

    /** Returns a field's name as requests write it. */
    static String wire(String field, WistfareSettings account) {
        return account.has(WistfareVariation.SNAKE_CASE)
                ? CAPITAL.matcher(field)
                        .replaceAll(capital -> "_" + capital.group().toLowerCase(Locale.ROOT))
                : field;
    }

    private static void require(JsonBody json, String field, String value) {
        if (!json.text(field).equals(value)) {
            throw WistfareErrors.invalid(field, field + " is not " + value);
        }
    }
}
