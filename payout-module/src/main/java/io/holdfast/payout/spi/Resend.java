package io.holdfast.payout.spi;

import java.time.Duration;

/**
 * Whether the same bytes may be sent again under the same key, and what that proves.
 *
 * @param window how long after the <em>first</em> send that may have reached it the provider remembers the key; zero if resending is not safe
 * @param rejections whether a rejection of a resend says anything of the first send
 */
public record Resend(Duration window, Rejections rejections) {

    /** Resending could pay twice. */
    public static final Resend NEVER = new Resend(Duration.ZERO, Rejections.PROVE_NOTHING);

    /** What the rejection of a resend says. */
    public enum Rejections {
        /** The resend may have been refused for a reason of its own: the usual case. */
        PROVE_NOTHING,
        /** The provider documents that it repeats its first answer to the same key, rejections too. */
        REPLAY_THE_FIRST
    }

    /**
     * Refuses a negative window.
     *
     * @throws IllegalArgumentException with the window
     */
    public Resend {
        if (window.isNegative()) {
            throw new IllegalArgumentException("A resend window of " + window + " is below zero");
        }
    }

    /** Returns resending within a window, where a rejection proves nothing. */
    public static Resend within(Duration window) {
        return new Resend(window, Rejections.PROVE_NOTHING);
    }

    /** Tells whether a resend is ever safe. */
    public boolean isPossible() {
        return !window.isZero();
    }
}
