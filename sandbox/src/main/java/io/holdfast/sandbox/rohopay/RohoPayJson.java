package io.holdfast.sandbox.rohopay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.Reply;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import java.math.BigDecimal;
import java.util.Locale;

/** RohoPay's JSON: envelope, transactions, webhooks. */
final class RohoPayJson {

    private static final int OK = 200;
    private static final long WRONG_AMOUNT_FACTOR = 100;
    private static final int PERCENT_SHIFT = 2;

    private final RohoPaySettings account;

    RohoPayJson(RohoPaySettings account) {
        this.account = account;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Reply success(JsonNode data) {
        ObjectNode envelope = object().put("success", true);
        envelope.set("data", data);
        return Reply.json(OK, envelope.toString());
    }

    /** Returns a transaction as a create answers it. */
    ObjectNode created(SimulatedPayout payout, RohoPayPayout own) {
        ObjectNode json = named(payout, own);
        json.put("payment_method", "mobile_money").put("provider", operator(payout));
        if (payout.faults().contains(Fault.SECOND_OPERATOR)) {
            json.put("failover_reason", "Primary provider (relworx) returned a timeout; retried with iotec");
        }
        return amounts(json, payout, own);
    }

    /** Returns a transaction as it is shown and listed. */
    ObjectNode shown(SimulatedPayout payout, RohoPayPayout own) {
        return created(payout, own)
                .put("commission_rate", BigDecimal.valueOf(account.commissionBasisPoints(), PERCENT_SHIFT))
                .put("provider_fee_amount", 0)
                .put("provider_status", status(payout).toUpperCase(Locale.ROOT))
                .put("updated_at", payout.changedAt().toString());
    }

    /** Returns the body of a webhook. */
    ObjectNode event(SimulatedPayout payout, RohoPayPayout own) {
        ObjectNode json = object().put("event", "withdraw." + status(payout));
        json.setAll(amounts(named(payout, own), payout, own));
        return json.put("updated_at", payout.changedAt().toString());
    }

    static String status(SimulatedPayout payout) {
        return payout.isUnlisted() ? SimulatedPayout.UNLISTED : status(payout.status());
    }

    static String status(PayoutStatus status) {
        return switch (status) {
            case PENDING -> "pending";
            case SUCCEEDED, REVERSED -> "successful";
            case FAILED -> "failed";
        };
    }

    private ObjectNode named(SimulatedPayout payout, RohoPayPayout own) {
        ObjectNode json = object();
        if (account.variations().contains(RohoPayVariation.LIVE_NAMES)) {
            json.put("transaction_id", own.id()).put("reference", payout.reference());
        } else {
            json.put("id", own.id()).put("internal_reference", payout.reference());
        }
        return json.put("provider_reference", own.providerReference())
                .put("status", status(payout))
                .put("type", "disbursement");
    }

    private ObjectNode amounts(ObjectNode json, SimulatedPayout payout, RohoPayPayout own) {
        long factor = payout.faults().contains(Fault.WRONG_AMOUNT) ? WRONG_AMOUNT_FACTOR : 1;
        long amount = own.order().amount() * factor;
        boolean deducted = account.variations().contains(RohoPayVariation.FEE_DEDUCTED);
        BigDecimal commission = payout.shownFee(own.commission());
        BigDecimal whole = BigDecimal.valueOf(amount);
        boolean live = account.variations().contains(RohoPayVariation.LIVE_NAMES);
        return json.put("phone_number", own.order().phone())
                .put("amount", amount)
                .put("currency", own.order().currency())
                .put(live ? "commission" : "commission_amount", commission)
                .put("net_amount", deducted ? whole.subtract(commission) : whole)
                .put("environment", "live")
                .put("created_at", payout.createdAt().toString());
    }

    private static String operator(SimulatedPayout payout) {
        return payout.faults().contains(Fault.SECOND_OPERATOR) ? "iotec" : "relworx";
    }
}
