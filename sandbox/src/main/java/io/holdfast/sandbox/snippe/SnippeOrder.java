package io.holdfast.sandbox.snippe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * The checked body of a create.
 *
 * @param amount in whole shillings
 * @param provider the mobile network or the bank
 * @param recipient phone number as 255XXXXXXXXX, or bank account
 */
record SnippeOrder(
        long amount,
        Channel channel,
        String provider,
        String recipient,
        String name,
        Optional<String> narration,
        Optional<URI> webhookUrl,
        Optional<ObjectNode> metadata) {

    private static final long AMOUNT_MIN = 5_000;
    private static final long AMOUNT_MAX = 1_000_000_000_000L;
    private static final int URL_LENGTH_MAX = 500;
    private static final String PHONE = "\\+?255\\d{9}";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");
    private static final Set<String> MOBILE_FIELDS =
            Set.of("amount", "channel", "recipient_phone", "recipient_name", "narration", "webhook_url", "metadata");
    private static final Set<String> BANK_FIELDS = Set.of(
            "amount",
            "channel",
            "recipient_bank",
            "recipient_account",
            "recipient_name",
            "narration",
            "webhook_url",
            "metadata");

    /** How the money travels. */
    enum Channel {
        MOBILE("mobile", "mobile_money"),
        BANK("bank", "bank");

        private final String requested;
        private final String shown;

        Channel(String requested, String shown) {
            this.requested = requested;
            this.shown = shown;
        }

        /** Returns the word for it in answers; for banks no source shows one. */
        String shown() {
            return shown;
        }

        boolean isNamed(String word) {
            return word.equals(requested) || word.equals(shown);
        }
    }

    /** Reads a body, or says what Snippe would refuse it for. */
    static SnippeOrder parse(String body, Set<String> networks) {
        JsonNode json = read(body);
        Channel channel = channel(json);
        requireOnly(json, channel == Channel.MOBILE ? MOBILE_FIELDS : BANK_FIELDS);
        long amount = amount(json);
        String name = text(json, "recipient_name");
        Optional<String> narration = optionalText(json, "narration");
        Optional<URI> webhookUrl = optionalText(json, "webhook_url").map(SnippeOrder::webhookUrl);
        Optional<ObjectNode> metadata = metadata(json);
        if (channel == Channel.BANK) {
            String bank = text(json, "recipient_bank");
            String account = text(json, "recipient_account");
            return new SnippeOrder(amount, channel, bank, account, name, narration, webhookUrl, metadata);
        }
        String phone = phone(json);
        String network = SnippeNetwork.of(phone)
                .filter(networks::contains)
                .orElseThrow(() -> SnippeRefusal.invalid("recipient_phone belongs to no supported network"));
        return new SnippeOrder(amount, channel, network, phone, name, narration, webhookUrl, metadata);
    }

    /** Returns whom a body asks to pay, as far as it can be told from a body that may be wrong. */
    static Optional<String> recipientOf(String body) {
        try {
            JsonNode json = read(body);
            String phone = json.path("recipient_phone").asText("");
            return Optional.of(phone.isEmpty() ? json.path("recipient_account").asText("") : phone)
                    .map(SnippeOrder::withoutPlus);
        } catch (SnippeRefusal e) {
            return Optional.empty();
        }
    }

    /** Returns the amount a body asks for, zero where there is none. */
    static long amountOf(String body) {
        try {
            return read(body).path("amount").asLong(0);
        } catch (SnippeRefusal e) {
            return 0;
        }
    }

    private static JsonNode read(String body) {
        try {
            JsonNode json = SnippeJson.read(body);
            if (!json.isObject()) {
                throw SnippeRefusal.invalid("request body must be a JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw SnippeRefusal.invalid("request body is not valid JSON");
        }
    }

    private static Channel channel(JsonNode json) {
        String word = text(json, "channel");
        for (Channel channel : Channel.values()) {
            if (word.equals(channel.requested)) {
                return channel;
            }
        }
        throw SnippeRefusal.invalid("channel must be mobile or bank");
    }

    private static void requireOnly(JsonNode json, Set<String> allowed) {
        Iterator<String> names = json.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!allowed.contains(name)) {
                throw SnippeRefusal.invalid("unknown field " + name + " for this channel");
            }
        }
    }

    private static long amount(JsonNode json) {
        JsonNode amount = json.path("amount");
        if (!amount.isIntegralNumber() || !amount.canConvertToLong()) {
            throw SnippeRefusal.invalid("amount must be an integer in whole shillings");
        }
        if (amount.longValue() < AMOUNT_MIN) {
            throw SnippeRefusal.invalid("amount must be at least " + AMOUNT_MIN);
        }
        if (amount.longValue() > AMOUNT_MAX) {
            throw SnippeRefusal.invalid("amount is too large");
        }
        return amount.longValue();
    }

    private static String phone(JsonNode json) {
        String phone = text(json, "recipient_phone");
        if (!phone.matches(PHONE)) {
            throw SnippeRefusal.invalid("recipient_phone must have the form 255XXXXXXXXX");
        }
        return withoutPlus(phone);
    }

    private static String withoutPlus(String phone) {
        return phone.startsWith("+") ? phone.substring(1) : phone;
    }

    private static String text(JsonNode json, String field) {
        return optionalText(json, field)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> SnippeRefusal.invalid(field + " is required"));
    }

    private static Optional<String> optionalText(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw SnippeRefusal.invalid(field + " must be a string");
        }
        return Optional.of(value.textValue());
    }

    private static Optional<ObjectNode> metadata(JsonNode json) {
        JsonNode value = json.path("metadata");
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (value instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw SnippeRefusal.invalid("metadata must be an object");
    }

    /** Snippe takes HTTPS only; a receiver on loopback could not offer that, so here plain HTTP may go there. */
    private static URI webhookUrl(String text) {
        try {
            URI url = new URI(text);
            boolean secure = "https".equals(url.getScheme()) && url.getHost() != null;
            boolean loopback = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
            if (text.length() <= URL_LENGTH_MAX && (secure || loopback)) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw SnippeRefusal.invalid("webhook_url is not a URL");
        }
        throw SnippeRefusal.invalid("webhook_url must use HTTPS and have at most " + URL_LENGTH_MAX + " characters");
    }
}
