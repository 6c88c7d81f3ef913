package io.holdfast.sandbox.nkwa;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.RefusedRequest;
import io.holdfast.sandbox.simulator.Reply;
import java.util.List;

/** Nkwa's errors: {@code {"statusCode":...,"message":...,"details":[...]}}. There are no codes. */
final class NkwaErrors {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int INTERNAL = 500;

    private NkwaErrors() {}

    static RefusedRequest invalid(String message, List<String> details) {
        return refusal(BAD_REQUEST, message, details);
    }

    static RefusedRequest invalid(String message) {
        return invalid(message, List.of());
    }

    static RefusedRequest unauthorized() {
        return refusal(UNAUTHORIZED, "Unauthorized", List.of());
    }

    static RefusedRequest disabled() {
        return refusal(FORBIDDEN, "Disbursement disabled", List.of());
    }

    static RefusedRequest notFound() {
        return refusal(NOT_FOUND, "Not found", List.of());
    }

    static RefusedRequest rateLimited() {
        return refusal(TOO_MANY, "Too many requests", List.of());
    }

    static RefusedRequest insufficientBalance() {
        return invalid("Insufficient balance");
    }

    static RefusedRequest internal() {
        return refusal(INTERNAL, "An error occurred", List.of());
    }

    private static RefusedRequest refusal(int status, String message, List<String> details) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("statusCode", status).put("message", message);
        ArrayNode list = body.putArray("details");
        details.forEach(list::add);
        return new RefusedRequest(Reply.json(status, body.toString()));
    }
}
