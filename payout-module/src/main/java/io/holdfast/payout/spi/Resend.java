package io.holdfast.payout.spi;

import java.time.Duration;

/**
 * Whether the same bytes may be sent again under the same key, and what that proves.
 *
 * @param window how long after the <em>first</em> send that may have reached it the provider remembers the key; zero if resending is not safe,
 *     and {@link #WINDOW_MAX} at most
 * @param rejections whether a rejection of a resend says anything of the first send
 */
public record Resend(Duration window, Rejections rejections) {

    /** The longest window: whatever is added to a time has to stay a time that can be kept. */
    public static final Duration WINDOW_MAX = Duration.ofDays(3_650);

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
     * Refuses a window that is below zero or longer than {@link #WINDOW_MAX}.
     *
     * @throws IllegalArgumentException with the window
     */
    public Resend {
        if (window.isNegative() || window.compareTo(WINDOW_MAX) > 0) {
            throw new IllegalArgumentException(
                    "A resend window of " + window + ": from zero to " + WINDOW_MAX.toDays() + " days are possible");
        }
    }

    /**
     * Returns resending within a window, where a rejection proves nothing.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static Resend within(Duration window) {
        return new Resend(window, Rejections.PROVE_NOTHING);
    }

    /** Tells whether a resend is ever safe. */
    public boolean isPossible() {
        return !window.isZero();
    }
}
