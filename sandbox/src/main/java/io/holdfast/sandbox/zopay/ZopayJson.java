package io.holdfast.sandbox.zopay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import java.math.BigDecimal;
import java.util.Set;

/** Zopay's JSON: quotes, executions, payouts, webhooks. */
final class ZopayJson {

    private static final long WRONG_AMOUNT_FACTOR = 100;
    private static final long ODD = 1;
    private static final int DECIMALS = 2;
    private static final String FAILURE_REASON = "Recipient account could not be credited";

    private final ZopaySettings account;

    ZopayJson(ZopaySettings account) {
        this.account = account;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns a quote; {@code total_amount} is what the recipient gets, {@code net_to_merchant} what is debited. */
    ObjectNode quote(ZopayQuote quote, Set<Fault> faults) {
        long amount = quote.amount() * (faults.contains(Fault.WRONG_AMOUNT) ? WRONG_AMOUNT_FACTOR : 1);
        boolean isOdd = account.variations().contains(ZopayVariation.ODD_QUOTES);
        ObjectNode json = object().put("quote_id", quote.id()).put("gateway", quote.gateway());
        ObjectNode fees = account.variations().contains(ZopayVariation.NESTED_FEES) ? json.putObject("fees") : json;
        fees.put("gateway_fee", text(SimulatedPayout.shownFee(account.gatewayFee(), faults)))
                .put("platform_fee", Long.toString(account.platformFee()));
        return json.put("total_amount", Long.toString(isOdd ? amount + ODD : amount))
                .put(
                        "net_to_merchant",
                        text(SimulatedPayout.shownFee(amount + account.fees(), faults)
                                .negate()))
                .put("currency", ZopaySimulator.ACCOUNT)
                .put("expires_at", quote.expiresAt().toString());
    }

    static ObjectNode executed(SimulatedPayout payout, ZopayPayout own) {
        return object().put("payout_id", payout.reference())
                .put("status", status(payout))
                .put("gateway_reference", own.gatewayReference())
                .put("correlation_id", own.correlationId());
    }

    /** Returns a payout as it is shown and listed; here {@code totalAmount} is amount and fees. */
    ObjectNode shown(SimulatedPayout payout, ZopayPayout own) {
        long amount = own.quote().amount() * factor(payout);
        ObjectNode json = object().put("id", payout.reference())
                .put("status", status(payout))
                .put("amount", amount + ".00")
                .put("currency", ZopaySimulator.ACCOUNT)
                .put("gateway", own.quote().gateway())
                .put("gatewayReference", own.gatewayReference())
                .put("gatewayFee", twoDecimals(payout.shownFee(account.gatewayFee())))
                .put("platformFee", account.platformFee() + ".00")
                .put("totalAmount", twoDecimals(payout.shownFee(amount + account.fees())))
                .put("createdAt", payout.createdAt().toString());
        payout.completedAt().ifPresent(at -> json.put("completedAt", at.toString()));
        if (payout.status() == PayoutStatus.FAILED) {
            json.put("error", FAILURE_REASON);
        }
        return json;
    }

    /** Returns a payout as it is listed: only there, as far as is documented, could its recipient stand. */
    ObjectNode listed(SimulatedPayout payout, ZopayPayout own) {
        return shown(payout, own).put("recipientMsisdn", own.quote().phone());
    }

    /** Returns the body of a webhook. */
    ObjectNode event(SimulatedPayout payout, ZopayPayout own, String event) {
        ObjectNode json = object().put("event", event);
        ObjectNode data = json.putObject("data")
                .put("payout_id", payout.reference())
                .put("amount", Long.toString(own.quote().amount() * factor(payout)))
                .put("currency", ZopaySimulator.ACCOUNT)
                .put("gateway", own.quote().gateway())
                .put("recipient_msisdn", own.quote().phone().substring(1))
                .put("status", status(payout))
                .put("fees", text(payout.shownFee(account.fees())))
                .put("total_deducted", text(payout.shownFee(own.quote().amount() + account.fees())))
                .put("created_at", payout.createdAt().toString());
        if (payout.status() == PayoutStatus.FAILED) {
            data.put("failure_reason", FAILURE_REASON);
        }
        return json.put("timestamp", payout.changedAt().toString());
    }

    static String status(SimulatedPayout payout) {
        return payout.isUnlisted() ? SimulatedPayout.UNLISTED : status(payout.status());
    }

    static String status(PayoutStatus status) {
        return switch (status) {
            case PENDING -> "PROCESSING";
            case SUCCEEDED, REVERSED -> "SUCCESS";
            case FAILED -> "FAILED";
        };
    }

    private static String text(BigDecimal amount) {
        return amount.toPlainString();
    }

    /** Returns an amount as a payout shows it, with two decimals or as many as it has. */
    private static String twoDecimals(BigDecimal amount) {
        return text(amount.setScale(Math.max(DECIMALS, amount.scale())));
    }

    private static long factor(SimulatedPayout payout) {
        return payout.faults().contains(Fault.WRONG_AMOUNT) ? WRONG_AMOUNT_FACTOR : 1;
    }
}
