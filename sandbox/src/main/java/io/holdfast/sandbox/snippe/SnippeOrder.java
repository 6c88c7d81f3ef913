package io.holdfast.sandbox.snippe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.CallbackUrl;
import io.holdfast.sandbox.simulator.JsonBody;
import io.holdfast.sandbox.simulator.MalformedBody;
import java.net.URI;
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
        try {
            return parse(JsonBody.parse(body), networks);
        } catch (MalformedBody malformed) {
            throw SnippeRefusal.invalid(malformed.problem());
        }
    }

    private static SnippeOrder parse(JsonBody json, Set<String> networks) {
        Channel channel = channel(json);
        json.only(channel == Channel.MOBILE ? MOBILE_FIELDS : BANK_FIELDS);
        long amount = amount(json);
        String name = json.text("recipient_name");
        Optional<String> narration = json.optionalText("narration");
        Optional<URI> webhookUrl = json.optionalText("webhook_url").map(SnippeOrder::webhookUrl);
        Optional<ObjectNode> metadata =
                json.has("metadata") ? Optional.of(json.object("metadata").json()) : Optional.empty();
        if (channel == Channel.BANK) {
            String bank = json.text("recipient_bank");
            String account = json.text("recipient_account");
            return new SnippeOrder(amount, channel, bank, account, name, narration, webhookUrl, metadata);
        }
        String phone = phone(json);
        String network = SnippeNetwork.of(phone)
                .filter(networks::contains)
                .orElseThrow(() -> SnippeRefusal.invalid("recipient_phone belongs to no supported network"));
        return new SnippeOrder(amount, channel, network, phone, name, narration, webhookUrl, metadata);
    }

    /** Returns whom a body asks to pay, as far as it can be told from a body that may be wrong. */
    static String recipientOf(String body) {
        String phone = JsonBody.glimpse(body, "/recipient_phone");
        return withoutPlus(phone.isEmpty() ? JsonBody.glimpse(body, "/recipient_account") : phone);
    }

    private static Channel channel(JsonBody json) {
        String word = json.text("channel");
        for (Channel channel : Channel.values()) {
            if (word.equals(channel.requested)) {
                return channel;
            }
        }
        throw SnippeRefusal.invalid("channel must be mobile or bank");
    }

    private static long amount(JsonBody json) {
        long amount = json.whole("amount");
        if (amount < AMOUNT_MIN) {
            throw SnippeRefusal.invalid("amount must be at least " + AMOUNT_MIN);
        }
        if (amount > AMOUNT_MAX) {
            throw SnippeRefusal.invalid("amount is too large");
        }
        return amount;
    }

    private static String phone(JsonBody json) {
        String phone = json.text("recipient_phone");
        if (!phone.matches(PHONE)) {
            throw SnippeRefusal.invalid("recipient_phone must have the form 255XXXXXXXXX");
        }
        return withoutPlus(phone);
    }

    private static String withoutPlus(String phone) {
        return phone.startsWith("+") ? phone.substring(1) : phone;
    }

    private static URI webhookUrl(String text) {
        return CallbackUrl.parse(text)
                .filter(url -> text.length() <= URL_LENGTH_MAX)
                .orElseThrow(() -> SnippeRefusal.invalid(
                        "webhook_url must use HTTPS and have at most " + URL_LENGTH_MAX + " characters"));
    }
}
