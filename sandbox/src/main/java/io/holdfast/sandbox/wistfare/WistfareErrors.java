package io.holdfast.sandbox.wistfare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.RefusedRequest;
import io.holdfast.sandbox.simulator.Reply;

/** Wistfare's errors: {@code {"error":{"code":...,"message":...,"details":{"field":[...]}},"request_id":...}}. */
final class WistfareErrors {

    private static final String REQUEST_ID = "req_simulated";
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int INTERNAL = 500;
    private static final int RETRY_AFTER_SECONDS = 30;

    private WistfareErrors() {}

    static RefusedRequest invalid(String field, String message) {
        return new RefusedRequest(error(UNPROCESSABLE, "validation_error", message, field));
    }

    static RefusedRequest unauthorized() {
        return new RefusedRequest(error(UNAUTHORIZED, "unauthorized", "Invalid API key", ""));
    }

    static RefusedRequest notFound(String what) {
        return new RefusedRequest(error(NOT_FOUND, "not_found", what + " not found", ""));
    }

    static RefusedRequest insufficientBalance() {
        return new RefusedRequest(error(UNPROCESSABLE, "insufficient_balance", "Insufficient wallet balance", ""));
    }

    static RefusedRequest rateLimited() {
        return new RefusedRequest(error(TOO_MANY, "rate_limited", "Too many requests", "")
                .with("Retry-After", Integer.toString(RETRY_AFTER_SECONDS)));
    }

    static RefusedRequest internal() {
        return new RefusedRequest(error(INTERNAL, "internal_error", "Something went wrong", ""));
    }

    private static Reply error(int status, String code, String message, String field) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error").put("code", code).put("message", message);
        if (!field.isEmpty()) {
            error.putObject("details").putArray(field).add(message);
        }
        body.put("request_id", REQUEST_ID);
        return Reply.json(status, body.toString()).with("x-request-id", REQUEST_ID);
    }
}
