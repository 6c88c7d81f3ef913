package io.holdfast.sandbox.simulator;

/** What is to be sent, and how well that goes. */
record Answer(Reply reply, Manner manner) {

    /** How an answer reaches the caller. */
    enum Manner {
        WHOLE,
        SLOW,
        HALF,
        NEVER,
        RESET
    }

    boolean isAnswered() {
        return manner == Manner.WHOLE || manner == Manner.SLOW;
    }
}
