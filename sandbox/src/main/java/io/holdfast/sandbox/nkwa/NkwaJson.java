package io.holdfast.sandbox.nkwa;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import java.util.Set;

/** Nkwa's JSON: payments and availability. */
final class NkwaJson {

    private static final long WRONG_AMOUNT_FACTOR = 100;
    private static final int MERCHANT = 4_711;

    private NkwaJson() {}

    /** Returns a payment as create, question and callback show it. */
    static ObjectNode payment(SimulatedPayout payout) {
        long factor = payout.faults().contains(Fault.WRONG_AMOUNT) ? WRONG_AMOUNT_FACTOR : 1;
        String phone = payout.order().recipient();
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", payout.reference())
                .put("amount", payout.order().amount().longValueExact() * factor)
                .put("currency", payout.order().currency())
                .put("fee", payout.shownFee(payout.order().fee().longValueExact()))
                .put("merchantId", MERCHANT)
                .put("paymentType", "disbursement")
                .put("phoneNumber", phone)
                .put("telecomOperator", NkwaOperator.of(phone).orElse(NkwaOperator.MTN))
                .put("status", status(payout))
                .put("createdAt", payout.createdAt().toString())
                .put("updatedAt", payout.changedAt().toString());
    }

    static ArrayNode availability(Set<String> suspended) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String operator : new String[] {NkwaOperator.MTN, NkwaOperator.ORANGE}) {
            for (String type : new String[] {"collection", "disbursement"}) {
                boolean isSuspended = type.equals("disbursement") && suspended.contains(operator);
                list.addObject()
                        .put("operator", operator)
                        .putObject("operation")
                        .put("type", type)
                        .put("status", isSuspended ? "SUSPENDED" : "OPERATIONAL");
            }
        }
        return list;
    }

    static String status(SimulatedPayout payout) {
        return payout.isUnlisted() ? SimulatedPayout.UNLISTED : status(payout.status());
    }

    static String status(PayoutStatus status) {
        return switch (status) {
            case PENDING -> "pending";
            case SUCCEEDED, REVERSED -> "success";
            case FAILED -> "failed";
        };
    }
}
