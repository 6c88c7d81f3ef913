package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptOutcome;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One route to one provider, with its key, its fixed bytes and all that was sent.
 *
 * @param memo what its preparation brought that the create needs
 * @param usableUntil from when on its preparation can no longer be used
 * @param create absent only if the provider refused to prepare it
 * @param references all that the provider ever gave it
 * @param reference the one under which the provider is asked
 * @param feeTold what the provider says it charges, cumulative
 * @param feeBooked how much of that the journal has
 * @param feeRefunded how much of that came back, in the journal
 */
record Attempt(
        int number,
        String provider,
        String key,
        String memo,
        Optional<Money> quotedFee,
        Optional<Instant> usableUntil,
        Optional<CreateRequest> create,
        AttemptState state,
        Optional<AttemptOutcome> outcome,
        List<String> references,
        Optional<String> reference,
        Optional<Money> feeTold,
        Money feeBooked,
        Money feeRefunded,
        Optional<FailureReason> failure,
        List<Send> sends) {

    Attempt {
        references = List.copyOf(references);
        sends = List.copyOf(sends);
    }

    /** Returns an attempt of which nothing has left, as its preparation and create have it. */
    static Attempt first(
            PayoutInstruction instruction,
            String provider,
            Optional<Preparation.Ready> ready,
            Optional<CreateRequest> create) {
        Money nothing = Money.zero(instruction.amount().currency());
        return new Attempt(
                instruction.attempt(),
                provider,
                instruction.key(),
                ready.map(Preparation.Ready::memo).orElse(""),
                ready.flatMap(Preparation.Ready::fee)
                        .map(ProviderFee::fee)
                        .filter(fee -> fee.currency().equals(nothing.currency())),
                ready.flatMap(Preparation.Ready::expiresAt),
                create,
                AttemptState.OPEN,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                nothing,
                nothing,
                Optional.empty(),
                List.of());
    }

    /** Tells whether it may pay or has paid, and settles its payout if it does; of these a payout has one. */
    boolean stands() {
        return state == AttemptState.OPEN || state == AttemptState.SETTLED;
    }

    /** Tells whether each of its sends is known to have created nothing. */
    boolean isClear() {
        return sends.stream().allMatch(Send::createdNothing);
    }

    /** Tells whether it is not known what became of one of its sends, whatever is known of others. */
    boolean isInDoubt() {
        return sends.stream().anyMatch(Send::isInDoubt);
    }

    /**
     * Tells whether it had failed and its provider gave it a reference all the same, so that it may pay yet, until its end is
     * proven.
     */
    boolean isDisputed() {
        return state == AttemptState.FAILED && reference.isPresent() && !failedByItsProvider();
    }

    /** Tells whether that it failed is what people say, and its provider has said nothing since. */
    boolean failedByPeople() {
        return outcome.equals(Optional.of(AttemptOutcome.SAID_TO_HAVE_FAILED));
    }

    /** Tells whether its provider's latest word is that it failed. */
    boolean failedByItsProvider() {
        return outcome.equals(Optional.of(AttemptOutcome.FAILED));
    }

    /** Tells whether it can be asked about under a reference and its end is not proven. */
    boolean isToBeAsked() {
        return isDisputed() || (state == AttemptState.OPEN && reference.isPresent());
    }

    boolean isUnderWay() {
        return sends.stream().anyMatch(Send::isUnderWay);
    }

    /** Returns when its bytes may first have reached the provider. */
    Optional<Instant> firstSentAt() {
        return sends.stream().filter(Send::mayHaveLeft).findFirst().map(Send::sentAt);
    }

    Attempt state(AttemptState value) {
        return with(to -> to.state = value);
    }

    Attempt outcome(AttemptOutcome latest) {
        return with(to -> to.outcome = Optional.of(latest));
    }

    /** Returns the same with a reference of the provider's; the first one given stays the one that is asked for. */
    Attempt bound(String given) {
        List<String> all = new ArrayList<>(references);
        if (!all.contains(given)) {
            all.add(given);
        }
        return with(to -> {
            to.references = all;
            to.reference = Optional.of(reference.orElse(given));
        });
    }

    Attempt settledBy(String given) {
        return with(to -> {
            to.state = AttemptState.SETTLED;
            to.reference = Optional.of(given);
        });
    }

    Attempt feeTold(Money cumulative) {
        return feeTold(Optional.of(cumulative));
    }

    Attempt feeTold(Optional<Money> cumulative) {
        return with(to -> to.feeTold = cumulative);
    }

    Attempt feeBooked(Money cumulative) {
        return with(to -> to.feeBooked = cumulative);
    }

    Attempt feeRefunded(Money cumulative) {
        return with(to -> to.feeRefunded = cumulative);
    }

    Attempt failed(FailureReason why) {
        return with(to -> {
            to.state = AttemptState.FAILED;
            to.failure = Optional.of(why);
        });
    }

    /** Returns the same as people say it failed. */
    Attempt saidToHaveFailed() {
        return outcome(AttemptOutcome.SAID_TO_HAVE_FAILED).failed(FailureReason.OTHER);
    }

    Attempt sends(List<Send> values) {
        return with(to -> to.sends = values);
    }

    private Attempt with(Consumer<Changed> change) {
        Changed changed = new Changed(this);
        change.accept(changed);
        return changed.attempt();
    }

    /** The same values, to be changed one by one: a component more is written down here and nowhere else. */
    private static final class Changed {

        private int number;
        private String provider;
        private String key;
        private String memo;
        private Optional<Money> quotedFee;
        private Optional<Instant> usableUntil;
        private Optional<CreateRequest> create;
        private AttemptState state;
        private Optional<AttemptOutcome> outcome;
        private List<String> references;
        private Optional<String> reference;
        private Optional<Money> feeTold;
        private Money feeBooked;
        private Money feeRefunded;
        private Optional<FailureReason> failure;
        private List<Send> sends;

        Changed(Attempt from) {
            number = from.number;
            provider = from.provider;
            key = from.key;
            memo = from.memo;
            quotedFee = from.quotedFee;
            usableUntil = from.usableUntil;
            create = from.create;
            state = from.state;
            outcome = from.outcome;
            references = from.references;
            reference = from.reference;
            feeTold = from.feeTold;
            feeBooked = from.feeBooked;
            feeRefunded = from.feeRefunded;
            failure = from.failure;
            sends = from.sends;
        }

        Attempt attempt() {
            return new Attempt(
                    number,
                    provider,
                    key,
                    memo,
                    quotedFee,
                    usableUntil,
                    create,
                    state,
                    outcome,
                    references,
                    reference,
                    feeTold,
                    feeBooked,
                    feeRefunded,
                    failure,
                    sends);
        }
    }
}
