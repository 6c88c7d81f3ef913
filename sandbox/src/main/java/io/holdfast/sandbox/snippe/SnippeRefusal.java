package io.holdfast.sandbox.snippe;

import io.holdfast.sandbox.simulator.Reply;

/** An error in Snippe's form; thrown inside the simulator, answered to the caller. */
final class SnippeRefusal extends RuntimeException {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int INTERNAL = 500;

    private final int code;
    private final String errorCode;

    private SnippeRefusal(int code, String errorCode, String message) {
        super(message, null, false, false);
        this.code = code;
        this.errorCode = errorCode;
    }

    static SnippeRefusal invalid(String message) {
        return new SnippeRefusal(BAD_REQUEST, "validation_error", message);
    }

    static SnippeRefusal unauthorized() {
        return new SnippeRefusal(UNAUTHORIZED, "unauthorized", "invalid or missing API key");
    }

    static SnippeRefusal insufficientScope(SnippeScope scope) {
        return new SnippeRefusal(FORBIDDEN, "insufficient_scope", "API key lacks the scope " + scope.wireName());
    }

    static SnippeRefusal notFound(String what) {
        return new SnippeRefusal(NOT_FOUND, "not_found", what + " not found");
    }

    static SnippeRefusal keyReused() {
        return new SnippeRefusal(
                UNPROCESSABLE, "validation_error", "idempotency key already used with different request body");
    }

    static SnippeRefusal rateLimited() {
        return new SnippeRefusal(TOO_MANY, "rate_limit_exceeded", "rate limit exceeded");
    }

    static SnippeRefusal insufficientBalance(String available, String required) {
        return paymentFailed("insufficient balance: available " + available + ", required " + required);
    }

    static SnippeRefusal paymentFailed(String message) {
        return new SnippeRefusal(INTERNAL, "payment_failed", message);
    }

    /** The opaque answer to a key of more than 30 characters; its HTTP status is nowhere documented. */
    static SnippeRefusal keyTooLong() {
        return new SnippeRefusal(INTERNAL, "PAY_001", "payment processing failed");
    }

    Reply reply() {
        return SnippeJson.error(code, errorCode, String.valueOf(getMessage()));
    }
}
