package io.holdfast.sandbox.snippe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.Reply;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import java.math.BigDecimal;
import java.util.Set;

/** Snippe's JSON: envelopes, errors, payouts. */
final class SnippeJson {

    static final String CURRENCY = "TZS";
    static final String API_VERSION = "2026-01-25";
    private static final long WRONG_AMOUNT_FACTOR = 100;
    private static final String FAILURE_REASON = "recipient wallet could not be credited";

    private SnippeJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Reply success(int code, JsonNode data, Set<SnippeVariation> variations) {
        ObjectNode envelope = object();
        if (variations.contains(SnippeVariation.OLD_ENVELOPE)) {
            envelope.put("status", code);
        } else {
            envelope.put("status", "success").put("code", code);
        }
        envelope.set("data", data);
        return Reply.json(code, envelope.toString());
    }

    static Reply error(int code, String errorCode, String message) {
        ObjectNode envelope = object().put("status", "error")
                .put("code", code)
                .put("error_code", errorCode)
                .put("message", message);
        return Reply.json(code, envelope.toString());
    }

    static ObjectNode money(long shillings) {
        return money(BigDecimal.valueOf(shillings));
    }

    private static ObjectNode money(BigDecimal shillings) {
        return object().put("currency", CURRENCY).put("value", shillings);
    }

    /** Returns a payout as list, status, create and webhooks show it. */
    static ObjectNode payout(SimulatedPayout payout, SnippePayout own) {
        SnippeOrder order = own.order();
        long factor = payout.faults().contains(Fault.WRONG_AMOUNT) ? WRONG_AMOUNT_FACTOR : 1;
        long amount = order.amount() * factor;
        ObjectNode json = object();
        json.set("amount", money(amount));
        json.put("api_version", API_VERSION);
        json.set(
                "channel",
                object().put("provider", order.provider())
                        .put("type", order.channel().shown()));
        payout.completedAt().ifPresent(at -> json.put("completed_at", at.toString()));
        json.put("created_at", payout.createdAt().toString());
        json.put("external_reference", own.externalReference());
        if (payout.status() == PayoutStatus.FAILED) {
            json.put("failure_reason", FAILURE_REASON);
        }
        BigDecimal fee = payout.shownFee(own.fee());
        json.set("fees", money(fee));
        json.put("id", own.id());
        order.metadata().ifPresent(metadata -> json.set("metadata", metadata));
        order.narration().ifPresent(narration -> json.put("narration", narration));
        json.put("object", "payout");
        json.set("recipient", recipient(order));
        json.put("reference", payout.reference());
        json.put("status", status(payout));
        json.set("total", money(fee.add(BigDecimal.valueOf(amount))));
        return json;
    }

    private static ObjectNode recipient(SnippeOrder order) {
        ObjectNode recipient = object().put("name", order.name());
        return switch (order.channel()) {
            case MOBILE -> recipient.put("phone", order.recipient());
            case BANK -> recipient.put("bank", order.provider()).put("account", order.recipient());
        };
    }

    static String status(SimulatedPayout payout) {
        return payout.isUnlisted() ? SimulatedPayout.UNLISTED : status(payout.status());
    }

    static String status(PayoutStatus status) {
        return switch (status) {
            case PENDING -> "pending";
            case SUCCEEDED -> "completed";
            case FAILED -> "failed";
            case REVERSED -> "reversed";
        };
    }
}
