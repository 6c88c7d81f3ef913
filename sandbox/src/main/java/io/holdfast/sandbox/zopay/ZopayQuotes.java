package io.holdfast.sandbox.zopay;

import io.holdfast.sandbox.simulator.Ids;
import io.holdfast.sandbox.simulator.JsonBody;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes quotes and keeps them. Used by one thread at a time. */
final class ZopayQuotes {

    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final Set<String> FIELDS = Set.of("gateway", "transaction_type", "amount", "currency", "recipient");
    private static final Map<String, String> PHONE_OF_GATEWAY = Map.of(
            "MTN_MOMO", "\\+237(67|68[0-4]|65[0-4])\\d{6,7}",
            "ORANGE_MONEY", "\\+237(69|68[5-9]|65[5-9]|64)\\d{6,7}");
    private static final int PHONE_LENGTH = 13;
    private static final String AMOUNT = "[1-9]\\d{0,11}";

    private final Ids ids;
    private final Clock clock;
    private final Map<String, ZopayQuote> quotes = new HashMap<>();

    ZopayQuotes(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    Optional<ZopayQuote> find(String id) {
        return Optional.ofNullable(quotes.get(id));
    }

    /** Makes a quote of what a body asks for, or says what Zopay would refuse it for. */
    ZopayQuote make(String body) {
        JsonBody json = JsonBody.parse(body).only(FIELDS);
        String phones = PHONE_OF_GATEWAY.get(json.text("gateway"));
        if (phones == null) {
            throw ZopayErrors.invalid("gateway must be one of " + PHONE_OF_GATEWAY.keySet());
        }
        if (!json.text("transaction_type").equals("DISBURSEMENT")
                || !json.text("currency").equals(ZopaySimulator.ACCOUNT)) {
            throw ZopayErrors.invalid("transaction_type must be DISBURSEMENT, and currency " + ZopaySimulator.ACCOUNT);
        }
        String amount = json.text("amount");
        if (!amount.matches(AMOUNT)) {
            throw ZopayErrors.invalid("amount must be a positive decimal string");
        }
        String phone = json.object("recipient").only(Set.of("msisdn")).text("msisdn");
        if (!phone.matches(phones) || phone.length() != PHONE_LENGTH) {
            throw ZopayErrors.invalid("recipient.msisdn must be a number of the gateway in E.164, +237XXXXXXXXX");
        }
        ZopayQuote quote = new ZopayQuote(
                ids.uuid(),
                json.text("gateway"),
                phone,
                Long.parseLong(amount),
                clock.instant().plus(LIFE));
        quotes.put(quote.id(), quote);
        return quote;
    }
}
