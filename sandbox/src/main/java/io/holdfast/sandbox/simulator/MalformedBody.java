package io.holdfast.sandbox.simulator;

/** What is wrong with a request's body, in words for its sender; each provider has its own form to say so. */
public final class MalformedBody extends RuntimeException {

    private final String field;

    MalformedBody(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** Returns which field is meant; empty if it is the body as a whole. */
    public String field() {
        return field;
    }

    /** Returns what is wrong. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
