package io.holdfast.provider.snippe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.provider.Json;
import io.holdfast.provider.MobileNumbers;
import java.util.Optional;
import java.util.Set;

/** Writes the create of a payout as Snippe wants it. */
final class SnippeCreate {

    /** Under these names our ids stand in a payout's metadata. */
    static final String PAYOUT_ID = "payout_id";

    static final String ATTEMPT_ID = "attempt_id";

    private final SnippeSettings settings;
    private final MobileNumbers numbers = new MobileNumbers(Set.of("TZ"));

    SnippeCreate(SnippeSettings settings) {
        this.settings = settings;
    }

    Optional<Objection> objection(Recipient recipient) {
        if (!(recipient instanceof Recipient.MobileMoney mobile)) {
            return Optional.empty();
        }
        Optional<String> unserved = mobile.operator()
                .flatMap(Operators::named)
                .filter(operator -> !settings.operators().contains(operator));
        return unserved.isPresent()
                ? Optional.of(new Objection(
                        FailureReason.INVALID_RECIPIENT, "Snippe does not pay to the operator " + unserved.get()))
                : numbers.objection(mobile);
    }

    /** Returns the create: the same bytes for the same instruction. */
    CreateRequest write(PayoutInstruction instruction) {
        settings.shilling().objection(instruction.amount()).ifPresent(why -> {
            throw new IllegalArgumentException("Snippe cannot be told to pay: " + why);
        });
        objection(instruction.recipient()).ifPresent(objection -> {
            throw new IllegalArgumentException("Snippe cannot be told to pay: " + objection.detail());
        });
        ObjectNode body = Json.object();
        body.put("amount", settings.shilling().toWireUnits(instruction.amount()));
        if (instruction.recipient() instanceof Recipient.MobileMoney mobile) {
            body.put("channel", "mobile");
            body.put("recipient_phone", mobile.digits());
        } else if (instruction.recipient() instanceof Recipient.BankAccount bank) {
            body.put("channel", "bank");
            body.put("recipient_bank", bank.bank());
            body.put("recipient_account", bank.account());
        }
        String name = instruction.recipient().name();
        body.put("recipient_name", name.isEmpty() ? settings.unnamedRecipient() : name);
        if (!instruction.narration().isEmpty()) {
            body.put("narration", instruction.narration());
        }
        settings.webhookUrl().ifPresent(url -> body.put("webhook_url", url.toString()));
        ObjectNode metadata = body.putObject("metadata");
        metadata.put(PAYOUT_ID, instruction.payout().toString());
        metadata.put(ATTEMPT_ID, instruction.reference());
        // Ours come first and stay: by them a payout is found again.
        instruction.metadata().forEach((pair, value) -> metadata.putIfAbsent(pair, TextNode.valueOf(value)));
        return new CreateRequest("POST", settings.pathPrefix() + "/payouts/send", Json.bytes(body));
    }
}
