package io.holdfast.sandbox.simulator;

/** An error in a provider's own form: thrown where a simulated API finds it, answered to the caller. */
public final class RefusedRequest extends RuntimeException {

    private final transient Reply reply;

    /** Refuses with this answer. */
    public RefusedRequest(Reply reply) {
        super(reply.body(), null, false, false);
        this.reply = reply;
    }

    /** Returns what is answered. */
    public Reply reply() {
        return reply;
    }
}
