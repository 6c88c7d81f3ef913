package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
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
        Optional<String> outcome,
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

    /** Tells whether each of its sends is known to have created nothing. */
    boolean isClear() {
        return sends.stream().allMatch(Send::createdNothing);
    }

    boolean isUnderWay() {
        return sends.stream().anyMatch(Send::isUnderWay);
    }

    Optional<Instant> firstSentAt() {
        return sends.stream().findFirst().map(Send::sentAt);
    }

    Attempt state(AttemptState value) {
        return new Attempt(
                number,
                provider,
                key,
                memo,
                quotedFee,
                usableUntil,
                create,
                value,
                outcome,
                references,
                reference,
                feeTold,
                feeBooked,
                feeRefunded,
                failure,
                sends);
    }

    Attempt outcome(String code) {
        return new Attempt(
                number,
                provider,
                key,
                memo,
                quotedFee,
                usableUntil,
                create,
                state,
                Optional.of(code),
                references,
                reference,
                feeTold,
                feeBooked,
                feeRefunded,
                failure,
                sends);
    }

    /** Returns the same with a reference of the provider's; the first one given stays the one that is asked for. */
    Attempt bound(String given) {
        List<String> all = new ArrayList<>(references);
        if (!all.contains(given)) {
            all.add(given);
        }
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
                all,
                Optional.of(reference.orElse(given)),
                feeTold,
                feeBooked,
                feeRefunded,
                failure,
                sends);
    }

    Attempt settledBy(String given) {
        return new Attempt(
                number,
                provider,
                key,
                memo,
                quotedFee,
                usableUntil,
                create,
                AttemptState.SETTLED,
                outcome,
                references,
                Optional.of(given),
                feeTold,
                feeBooked,
                feeRefunded,
                failure,
                sends);
    }

    Attempt feeTold(Money cumulative) {
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
                Optional.of(cumulative),
                feeBooked,
                feeRefunded,
                failure,
                sends);
    }

    Attempt feeBooked(Money cumulative) {
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
                cumulative,
                feeRefunded,
                failure,
                sends);
    }

    Attempt feeRefunded(Money cumulative) {
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
                cumulative,
                failure,
                sends);
    }

    Attempt failed(FailureReason why) {
        return new Attempt(
                number,
                provider,
                key,
                memo,
                quotedFee,
                usableUntil,
                create,
                AttemptState.FAILED,
                outcome,
                references,
                reference,
                feeTold,
                feeBooked,
                feeRefunded,
                Optional.of(why),
                sends);
    }

    Attempt sends(List<Send> values) {
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
                values);
    }
}
