package io.holdfast.sandbox.rohopay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.RefusedRequest;
import io.holdfast.sandbox.simulator.Reply;

/** RohoPay's errors: {@code {"success":false,"error":{"code":...,"message":...}}}. */
final class RohoPayErrors {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int INTERNAL = 500;

    private RohoPayErrors() {}

    static RefusedRequest invalid(String message) {
        return refusal(BAD_REQUEST, "VALIDATION_ERROR", message);
    }

    static RefusedRequest invalidAmount(String message) {
        return refusal(UNPROCESSABLE, "INVALID_AMOUNT", message);
    }

    static RefusedRequest invalidPhone(String message) {
        return refusal(UNPROCESSABLE, "INVALID_PHONE", message);
    }

    static RefusedRequest invalidCurrency() {
        return refusal(UNPROCESSABLE, "INVALID_CURRENCY", "Accepted currencies: UGX, KES, TZS, RWF");
    }

    static RefusedRequest missingKey() {
        return refusal(BAD_REQUEST, "MISSING_IDEMPOTENCY_KEY", "The Idempotency-Key header is required");
    }

    /** The documents name the status only. */
    static RefusedRequest keyReused() {
        return refusal(
                CONFLICT, "IDEMPOTENCY_CONFLICT", "This idempotency key was already used with different parameters");
    }

    static RefusedRequest unauthorized() {
        return refusal(UNAUTHORIZED, "UNAUTHORIZED", "Invalid or missing API key");
    }

    static RefusedRequest testBlocked() {
        return refusal(FORBIDDEN, "DISBURSE_TEST_BLOCKED", "Disbursements are not available in test mode");
    }

    static RefusedRequest notFound(String what) {
        return refusal(NOT_FOUND, "NOT_FOUND", what + " not found");
    }

    static RefusedRequest insufficientBalance() {
        return refusal(UNPROCESSABLE, "INSUFFICIENT_BALANCE", "Wallet balance is too low for this disbursement");
    }

    static RefusedRequest rateLimited() {
        return refusal(TOO_MANY, "RATE_LIMIT_EXCEEDED", "Too many requests");
    }

    static RefusedRequest providerError() {
        return refusal(INTERNAL, "PROVIDER_ERROR", "The mobile money provider returned an error");
    }

    private static RefusedRequest refusal(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("success", false);
        body.putObject("error").put("code", code).put("message", message);
        return new RefusedRequest(Reply.json(status, body.toString()));
    }
}
