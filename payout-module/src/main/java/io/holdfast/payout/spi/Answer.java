package io.holdfast.payout.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * The answer to a question that moves no money.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {

    /**
     * The provider told.
     *
     * @param <T> what was asked for
     * @param value what it told
     */
    record Told<T>(T value) implements Answer<T> {

        /** Refuses that it is missing. */
        public Told {
            Bounds.present(value);
        }
    }

    /**
     * The provider does not offer this question.
     *
     * @param <T> what was asked for
     */
    record NotOffered<T>() implements Answer<T> {}

    /**
     * The provider did not tell this time.
     *
     * @param <T> what was asked for
     * @param retryAfter how long to wait, if it said so
     * @param detail what happened
     */
    record Unavailable<T>(Optional<Duration> retryAfter, String detail) implements Answer<T> {

        /**
         * Refuses a negative wait; cuts what is too long, the wait to a day.
         *
         * @throws IllegalArgumentException with the wait
         */
        public Unavailable {
            retryAfter = Bounds.wait(retryAfter);
            detail = Texts.cut(detail, Outcome.DETAIL_MAX);
        }
    }
}
