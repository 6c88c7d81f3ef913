package io.holdfast.sandbox.zopay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.RefusedRequest;
import io.holdfast.sandbox.simulator.Reply;

/** Zopay's errors: {@code {"error":...,"message":...,"code":...}}. Of its codes only AUTH_ERROR is documented. */
final class ZopayErrors {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int INTERNAL = 500;
    private static final int RETRY_AFTER_SECONDS = 30;

    private ZopayErrors() {}

    static RefusedRequest invalid(String message) {
        return error(BAD_REQUEST, "Bad Request", message, "VALIDATION_ERROR");
    }

    static RefusedRequest unauthorized(String message) {
        return error(UNAUTHORIZED, "Unauthorized", message, "AUTH_ERROR");
    }

    static RefusedRequest notFound(String what) {
        return error(NOT_FOUND, "Not Found", what + " not found", "NOT_FOUND");
    }

    static RefusedRequest quoteUsed() {
        return error(CONFLICT, "Conflict", "Quote already used", "CONFLICT");
    }

    static RefusedRequest quoteExpired() {
        return error(BAD_REQUEST, "Bad Request", "Quote expired", "QUOTE_EXPIRED");
    }

    static RefusedRequest insufficientFunds() {
        return error(BAD_REQUEST, "Bad Request", "Insufficient wallet balance", "INSUFFICIENT_FUNDS");
    }

    static RefusedRequest rateLimited() {
        ObjectNode body = body("Too Many Requests", "Rate limit exceeded", "RATE_LIMITED")
                .put("retry_after", RETRY_AFTER_SECONDS);
        return new RefusedRequest(Reply.json(TOO_MANY, body.toString()));
    }

    static RefusedRequest internal() {
        return error(INTERNAL, "Internal Server Error", "Something went wrong", "INTERNAL_ERROR");
    }

    private static RefusedRequest error(int status, String error, String message, String code) {
        return new RefusedRequest(Reply.json(status, body(error, message, code).toString()));
    }

    private static ObjectNode body(String error, String message, String code) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("message", message)
                .put("code", code);
    }
}
