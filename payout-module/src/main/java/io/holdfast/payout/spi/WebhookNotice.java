package io.holdfast.payout.spi;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a provider's call to us comes to. */
public sealed interface WebhookNotice {

    /** Longest id of a delivery, in characters. */
    int ID_MAX = 200;

    /**
     * The provider signed it, lately, and it is about a payout.
     *
     * @param id the same for each copy of this delivery, different for any other
     * @param reference under which the provider is asked; absent if it gave none
     * @param ourReference our own reference, if the provider echoes it
     * @param particulars what it tells beside how the payout stands, whatever the outcome
     * @param outcome how the payout stands: {@link Outcome.Accepted}, {@link Outcome.Succeeded}, {@link Outcome.Failed},
     *     {@link Outcome.Reversed}, or {@link Outcome.Unknown} for what is on no table or contradicts itself
     */
    record Proven(
            String id,
            Optional<String> reference,
            Optional<String> ourReference,
            Particulars particulars,
            Outcome outcome)
            implements WebhookNotice {

        /** The outcomes that say how a payout stands. */
        public static final Set<Outcome.Code> OUTCOMES = Collections.unmodifiableSet(EnumSet.of(
                Outcome.Code.ACCEPTED,
                Outcome.Code.SUCCEEDED,
                Outcome.Code.FAILED,
                Outcome.Code.REVERSED,
                Outcome.Code.UNKNOWN));

        /**
         * Refuses a malformed id or reference, a call about nothing, and an outcome that says nothing of how a payout stands
         * or has another reference.
         *
         * @throws IllegalArgumentException with the value
         */
        public Proven {
            Bounds.present(particulars, outcome);
            Texts.name("Delivery's id", id, ID_MAX);
            checkReferences(reference, ourReference);
            if (!OUTCOMES.contains(outcome.code())) {
                throw new IllegalArgumentException(
                        "A call to us cannot say " + outcome.code() + ": it says one of " + OUTCOMES);
            }
            told(outcome).filter(told -> !Optional.of(told).equals(reference)).ifPresent(told -> {
                throw new IllegalArgumentException("A call to us is about "
                        + reference.map(given -> "\"" + given + "\"").orElse("none") + " and says how \"" + told
                        + "\" stands: give the same reference twice");
            });
        }

        private static Optional<String> told(Outcome outcome) {
            if (outcome instanceof Outcome.Accepted accepted) {
                return Optional.of(accepted.reference());
            } else if (outcome instanceof Outcome.Succeeded succeeded) {
                return Optional.of(succeeded.reference());
            } else if (outcome instanceof Outcome.Failed failed) {
                return Optional.of(failed.reference());
            }
            return outcome instanceof Outcome.Reversed reversed ? Optional.of(reversed.reference()) : Optional.empty();
        }
    }

    /**
     * Nobody signed it. It proves nothing and makes us ask how the payout stands.
     *
     * @param reference under which the provider is asked; absent if it gave none
     * @param ourReference our own reference, if the provider echoes it: by it a payout is found of which no answer came
     */
    record Hint(Optional<String> reference, Optional<String> ourReference) implements WebhookNotice {

        /**
         * Refuses a malformed reference, and a call about nothing.
         *
         * @throws IllegalArgumentException with the reference
         */
        public Hint {
            checkReferences(reference, ourReference);
        }

        /**
         * Returns a hint by the provider's reference alone.
         *
         * @throws IllegalArgumentException as the constructor
         */
        public static Hint at(String reference) {
            return new Hint(Optional.of(reference), Optional.empty());
        }
    }

    /**
     * The provider signed it, and it is about something else than payouts.
     *
     * @param type the provider's own name for it
     */
    record Unrelated(String type) implements WebhookNotice {

        /** Cuts what is too long. */
        public Unrelated {
            type = Texts.cut(type, Outcome.DETAIL_MAX);
        }
    }

    /**
     * Not to be believed: not signed as it should be, too old, or impossible to read.
     *
     * @param detail why, without anything secret
     */
    record Refused(String detail) implements WebhookNotice {

        /** Cuts what is too long. */
        public Refused {
            detail = Texts.cut(detail, Outcome.DETAIL_MAX);
        }
    }

    private static void checkReferences(Optional<String> reference, Optional<String> ourReference) {
        if (reference.isEmpty() && ourReference.isEmpty()) {
            throw new IllegalArgumentException("A call to us without any reference is about nothing");
        }
        reference.ifPresent(Bounds::reference);
        ourReference.ifPresent(echoed -> Texts.name("Our reference", echoed, Outcome.REFERENCE_MAX));
    }
}
