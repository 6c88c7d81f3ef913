package io.holdfast.payout.spi;

import io.holdfast.ledger.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an answer of a provider proves about a payout.
 *
 * <p>What is not on an adapter's table is {@link Unknown}: a timeout, a connection reset, an answer that cannot be read,
 * a success without a reference, "key already used", any status or code that the provider's documents do not list. What they
 * do not list is told to a person beside ({@link Evidence#alert}).
 */
public sealed interface Outcome {

    /** Longest reference of a provider, in characters. */
    int REFERENCE_MAX = 200;

    /** Longest detail and provider's code, in characters; what is longer is cut. */
    int DETAIL_MAX = 500;

    /** Returns which outcome it is. */
    Code code();

    /** Returns what the provider said. */
    Evidence evidence();

    /** Returns since when this is so, if the provider says so; nothing for what moves no money. */
    default Optional<Instant> at() {
        return Optional.empty();
    }

    /** Returns what the case for this outcome returns. */
    <T> T match(Cases<T> cases);

    /** Which outcome it is, named as its type. It is kept and shown under this name, which never changes. */
    enum Code {
        NOT_SENT,
        NOT_EXECUTED,
        REJECTED,
        ACCEPTED,
        SUCCEEDED,
        FAILED,
        REVERSED,
        NOT_FOUND,
        UNKNOWN
    }

    /**
     * One answer for each outcome, so that the compiler finds the one that was forgotten.
     *
     * @param <T> what is answered
     */
    interface Cases<T> {

        /** Answers for {@link NotSent}. */
        T notSent(NotSent outcome);

        /** Answers for {@link NotExecuted}. */
        T notExecuted(NotExecuted outcome);

        /** Answers for {@link Rejected}. */
        T rejected(Rejected outcome);

        /** Answers for {@link Accepted}. */
        T accepted(Accepted outcome);

        /** Answers for {@link Succeeded}. */
        T succeeded(Succeeded outcome);

        /** Answers for {@link Failed}. */
        T failed(Failed outcome);

        /** Answers for {@link Reversed}. */
        T reversed(Reversed outcome);

        /** Answers for {@link NotFound}. */
        T notFound(NotFound outcome);

        /** Answers for {@link Unknown}. */
        T unknown(Unknown outcome);
    }

    /**
     * Nothing of what this send asks for left: no address found, connection refused, a TLS handshake that failed, any end of
     * the exchange before a byte of the body was handed over, a check of the adapter's own.
     *
     * @param detail why
     */
    record NotSent(String detail) implements Outcome {

        /** Cuts what is too long. */
        public NotSent {
            detail = Texts.cut(detail, DETAIL_MAX);
        }

        @Override
        public Code code() {
            return Code.NOT_SENT;
        }

        @Override
        public Evidence evidence() {
            return Evidence.NONE;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.notSent(this);
        }
    }

    /**
     * The provider says that it did nothing with this send: too many requests, a stale nonce.
     *
     * @param retryAfter how long to wait, if it said so
     * @param detail why
     */
    record NotExecuted(Optional<Duration> retryAfter, String detail, Evidence evidence) implements Outcome {

        /**
         * Refuses a negative wait; cuts what is too long, the wait to a day.
         *
         * @throws IllegalArgumentException with the wait
         */
        public NotExecuted {
            Bounds.present(evidence);
            retryAfter = Bounds.wait(retryAfter);
            detail = Texts.cut(detail, DETAIL_MAX);
        }

        @Override
        public Code code() {
            return Code.NOT_EXECUTED;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.notExecuted(this);
        }
    }

    /**
     * This send created nothing. It takes the provider's own error envelope to say so; an HTML page does not.
     *
     * @param reason in words that all providers share
     * @param providerCode the provider's own code; empty if it has none
     * @param detail the provider's own text
     */
    record Rejected(FailureReason reason, String providerCode, String detail, Evidence evidence) implements Outcome {

        /** Cuts what is too long. */
        public Rejected {
            Bounds.present(reason, evidence);
            providerCode = Texts.cut(providerCode, DETAIL_MAX);
            detail = Texts.cut(detail, DETAIL_MAX);
        }

        @Override
        public Code code() {
            return Code.REJECTED;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.rejected(this);
        }
    }

    /**
     * The payout exists at the provider, which will decide.
     *
     * @param reference under which the provider is asked
     */
    record Accepted(String reference, Particulars particulars, Evidence evidence) implements Outcome {

        /**
         * Refuses a malformed reference.
         *
         * @throws IllegalArgumentException with the reference
         */
        public Accepted {
            Bounds.present(particulars, evidence);
            Bounds.reference(reference);
        }

        @Override
        public Code code() {
            return Code.ACCEPTED;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.accepted(this);
        }
    }

    /**
     * The money left.
     *
     * @param reference under which the provider is asked
     */
    record Succeeded(String reference, Particulars particulars, Evidence evidence) implements Outcome {

        /**
         * Refuses a malformed reference.
         *
         * @throws IllegalArgumentException with the reference
         */
        public Succeeded {
            Bounds.present(particulars, evidence);
            Bounds.reference(reference);
        }

        @Override
        public Optional<Instant> at() {
            return particulars.at();
        }

        @Override
        public Code code() {
            return Code.SUCCEEDED;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.succeeded(this);
        }
    }

    /**
     * The payout existed at the provider and has finally failed; the recipient got nothing.
     *
     * @param reference under which the provider is asked
     * @param reason in words that all providers share
     * @param providerCode the provider's own code; empty if it has none
     * @param detail the provider's own text
     * @param keptFee what the provider charged us all the same
     * @param at when it failed, if the provider says so; left out if not in the years 1900 to 9999
     */
    record Failed(
            String reference,
            FailureReason reason,
            String providerCode,
            String detail,
            Optional<Money> keptFee,
            Optional<Instant> at,
            Evidence evidence)
            implements Outcome {

        /**
         * Refuses a malformed reference and a negative fee; cuts what is too long.
         *
         * @throws IllegalArgumentException with the value
         */
        public Failed {
            Bounds.present(reason, evidence);
            Bounds.reference(reference);
            at = Bounds.time(at);
            keptFee.ifPresent(fee -> Bounds.notNegative("Kept fee", fee));
            providerCode = Texts.cut(providerCode, DETAIL_MAX);
            detail = Texts.cut(detail, DETAIL_MAX);
        }

        /**
         * Makes one of which it is not told when it failed.
         *
         * @throws IllegalArgumentException as the other constructor
         */
        public Failed(
                String reference,
                FailureReason reason,
                String providerCode,
                String detail,
                Optional<Money> keptFee,
                Evidence evidence) {
            this(reference, reason, providerCode, detail, keptFee, Optional.empty(), evidence);
        }

        /** Returns the same with the time at which it failed. */
        public Failed at(Instant when) {
            return new Failed(reference, reason, providerCode, detail, keptFee, Optional.of(when), evidence);
        }

        @Override
        public Code code() {
            return Code.FAILED;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.failed(this);
        }
    }

    /**
     * The money came back after it had left.
     *
     * @param reference under which the provider is asked
     * @param amount how much of the amount came back so far, cumulative
     * @param refundedFee how much of its fee the provider gave back so far, cumulative
     * @param at when the last of it came back, if the provider says so: not when it was paid; left out likewise
     */
    record Reversed(
            String reference, Money amount, Optional<Money> refundedFee, Optional<Instant> at, Evidence evidence)
            implements Outcome {

        /**
         * Refuses a malformed reference, an amount that is not above zero and a negative fee.
         *
         * @throws IllegalArgumentException with the value
         */
        public Reversed {
            Bounds.present(evidence);
            Bounds.reference(reference);
            at = Bounds.time(at);
            Bounds.positive("Reversed amount", amount);
            refundedFee.ifPresent(fee -> Bounds.notNegative("Refunded fee", fee));
        }

        /**
         * Makes one of which it is not told when it came back.
         *
         * @throws IllegalArgumentException as the other constructor
         */
        public Reversed(String reference, Money amount, Optional<Money> refundedFee, Evidence evidence) {
            this(reference, amount, refundedFee, Optional.empty(), evidence);
        }

        /** Returns the same with the time at which the last of it came back. */
        public Reversed at(Instant when) {
            return new Reversed(reference, amount, refundedFee, Optional.of(when), evidence);
        }

        @Override
        public Code code() {
            return Code.REVERSED;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.reversed(this);
        }
    }

    /** The provider shows no such payout. That proves nothing: it may show it later. */
    record NotFound(Evidence evidence) implements Outcome {

        /** Refuses that the evidence is missing. */
        public NotFound {
            Bounds.present(evidence);
        }

        @Override
        public Code code() {
            return Code.NOT_FOUND;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.notFound(this);
        }
    }

    /**
     * Nothing is proven.
     *
     * @param detail what happened
     */
    record Unknown(String detail, Evidence evidence) implements Outcome {

        /** Cuts what is too long. */
        public Unknown {
            Bounds.present(evidence);
            detail = Texts.cut(detail, DETAIL_MAX);
        }

        /** Returns an outcome of which nothing was heard. */
        public static Unknown of(String detail) {
            return new Unknown(detail, Evidence.NONE);
        }

        /** Returns that the provider said what its documents do not list, of which a person is told. */
        public static Unknown unlisted(String detail, Evidence evidence) {
            return new Unknown(detail, evidence.alert(detail));
        }

        @Override
        public Code code() {
            return Code.UNKNOWN;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unknown(this);
        }
    }
}
