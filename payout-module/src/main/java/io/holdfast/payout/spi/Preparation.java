package io.holdfast.payout.spi;

import io.holdfast.ledger.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of the call that some providers need before a create. It moved no money, whatever came of it. */
public sealed interface Preparation {

    /** Longest memo, in characters. */
    int MEMO_MAX = 2_000;

    /** Nothing had to be prepared. */
    Preparation.Ready NOTHING = new Ready("", Optional.empty(), Optional.empty(), Evidence.NONE);

    /**
     * The create can be written. Stored with it, before anything is sent.
     *
     * @param memo what the adapter needs for writing the create, such as a quote's id; in the adapter's own form
     * @param fee what the provider says it will charge
     * @param expiresAt from when on this can no longer be used, neither for a first send nor for a resend
     */
    record Ready(String memo, Optional<ProviderFee> fee, Optional<Instant> expiresAt, Evidence evidence)
            implements Preparation {

        /**
         * Refuses a memo that is too long or cannot be kept as it is; an end that is not in the years 1900 to 9999 becomes
         * the nearest that is.
         *
         * @throws IllegalArgumentException with its length, or why it cannot be kept
         */
        public Ready {
            Bounds.present(fee, evidence);
            expiresAt = expiresAt.map(Times::nearest);
            if (!Texts.cut(memo, Integer.MAX_VALUE).equals(memo)) {
                throw new IllegalArgumentException(
                        "A memo holds U+0000 or half a surrogate pair, which the database cannot keep");
            }
            if (memo.length() > MEMO_MAX) {
                throw new IllegalArgumentException(
                        "A memo of " + memo.length() + " characters: at most " + MEMO_MAX + " are possible");
            }
        }
    }

    /**
     * Not now: to be asked again.
     *
     * @param retryAfter how long to wait, if the provider said so
     * @param detail why
     */
    record Postponed(Optional<Duration> retryAfter, String detail, Evidence evidence) implements Preparation {

        /**
         * Refuses a negative wait; cuts what is too long, the wait to a day.
         *
         * @throws IllegalArgumentException with the wait
         */
        public Postponed {
            Bounds.present(evidence);
            retryAfter = Bounds.wait(retryAfter);
            detail = Texts.cut(detail, Outcome.DETAIL_MAX);
        }
    }

    /**
     * The provider will not pay this.
     *
     * @param reason in words that all providers share
     * @param providerCode the provider's own code; empty if it has none
     * @param detail the provider's own text
     */
    record Refused(FailureReason reason, String providerCode, String detail, Evidence evidence) implements Preparation {

        /** Cuts what is too long. */
        public Refused {
            Bounds.present(reason, evidence);
            providerCode = Texts.cut(providerCode, Outcome.DETAIL_MAX);
            detail = Texts.cut(detail, Outcome.DETAIL_MAX);
        }
    }
}
