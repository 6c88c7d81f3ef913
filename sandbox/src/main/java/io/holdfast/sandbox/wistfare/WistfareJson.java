package io.holdfast.sandbox.wistfare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import java.math.BigDecimal;

/** Wistfare's JSON: disbursements and calls. */
final class WistfareJson {

    private static final long WRONG_AMOUNT_FACTOR = 100;
    private static final String FAILURE_REASON = "The destination could not be credited";

    private final WistfareSettings account;

    WistfareJson(WistfareSettings account) {
        this.account = account;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns a disbursement as it is created, shown and listed. */
    ObjectNode shown(SimulatedPayout payout, WistfareOrder order) {
        ObjectNode json = object().put("id", payout.reference())
                .put("businessId", account.businessId())
                .put("walletId", account.walletId())
                .put("amount", amount(payout, order))
                .put("currency", WistfareSimulator.ACCOUNT)
                .put("destinationType", "mobile_money")
                .put("destinationRef", order.phone())
                .put("referenceId", order.referenceId())
                .put("status", status(payout))
                .put("feeAmount", fee(payout).toPlainString())
                .put("netAmount", net(payout, order))
                .put("createdAt", payout.createdAt().toString())
                .put("updatedAt", payout.changedAt().toString());
        order.description().ifPresent(text -> json.put("description", text));
        if (payout.status() == PayoutStatus.FAILED) {
            json.put("failureReason", FAILURE_REASON);
        }
        return json;
    }

    /** Returns what a create is answered with. */
    ObjectNode created(SimulatedPayout payout, WistfareOrder order) {
        String status = payout.isUnlisted() ? SimulatedPayout.UNLISTED : "pending";
        if (!account.has(WistfareVariation.SDK_ANSWERS)) {
            return shown(payout, order).put("status", status);
        }
        return object().put("disbursement_id", payout.reference())
                .put("status", status)
                .put("fee_amount", fee(payout).toPlainString())
                .put("net_amount", net(payout, order))
                .put("estimated_arrival", "instant");
    }

    /** Returns the body of a call. */
    ObjectNode event(SimulatedPayout payout, WistfareOrder order) {
        return object().put("event", "disbursement." + status(payout))
                .put("transaction_id", payout.reference())
                .put("transaction_type", "disbursement")
                .put("status", status(payout))
                .put("amount", amount(payout, order))
                .put("fee_amount", fee(payout).toPlainString())
                .put("net_amount", net(payout, order))
                .put("currency", WistfareSimulator.ACCOUNT)
                .put("business_wallet_id", account.walletId())
                .put("customer_phone", order.phone())
                .put("payment_method", "mobile_money")
                .put("reference_id", order.referenceId())
                .put("timestamp", payout.changedAt().toString());
    }

    static String status(SimulatedPayout payout) {
        return payout.isUnlisted() ? SimulatedPayout.UNLISTED : status(payout.status());
    }

    static String status(PayoutStatus status) {
        return switch (status) {
            case PENDING -> "processing";
            case SUCCEEDED -> "completed";
            case FAILED -> "failed";
            case REVERSED -> "refunded";
        };
    }

    private static String amount(SimulatedPayout payout, WistfareOrder order) {
        long factor = payout.faults().contains(Fault.WRONG_AMOUNT) ? WRONG_AMOUNT_FACTOR : 1;
        return Long.toString(order.amount() * factor);
    }

    private BigDecimal fee(SimulatedPayout payout) {
        return payout.shownFee(account.fee());
    }

    private String net(SimulatedPayout payout, WistfareOrder order) {
        BigDecimal amount = BigDecimal.valueOf(order.amount());
        boolean isDeducted = account.has(WistfareVariation.FEE_DEDUCTED);
        return (isDeducted ? amount.subtract(fee(payout)) : amount).toPlainString();
    }
}
