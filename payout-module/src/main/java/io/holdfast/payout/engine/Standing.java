package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What of a payout changes.
 *
 * @param routeNo which of the routes is used now, from 1
 * @param nextAt when a processor should look at it next; absent if never
 * @param tries how often it was tried or asked about since its status changed
 * @param leaseToken rises with each claim
 * @param leaseUntil until when the processor with that token works on it; absent if none does
 * @param blocked whether nothing more may be sent for it
 * @param transitions the number of its latest transition
 */
record Standing(
        PayoutStatus status,
        int routeNo,
        Optional<Instant> nextAt,
        int tries,
        long leaseToken,
        Optional<Instant> leaseUntil,
        boolean blocked,
        Optional<PayoutFailure> failure,
        Optional<String> failoverReason,
        Optional<Money> received,
        Money reversed,
        boolean late,
        int transitions,
        Instant updatedAt,
        Optional<Instant> completedAt) {

    /** Returns how a payout stands when it is requested. */
    static Standing initial(PayoutStatus status, Instant nextAt, Money nothing, Instant now) {
        return new Standing(
                status,
                1,
                Optional.of(nextAt),
                0,
                0,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                nothing,
                false,
                0,
                now,
                Optional.empty());
    }

    Standing status(PayoutStatus value) {
        return new Standing(
                value,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                blocked,
                failure,
                failoverReason,
                received,
                reversed,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing route(int number, String reason) {
        return new Standing(
                status,
                number,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                blocked,
                failure,
                Optional.of(reason),
                received,
                reversed,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing next(Optional<Instant> at, int triesSoFar) {
        return new Standing(
                status,
                routeNo,
                at,
                triesSoFar,
                leaseToken,
                leaseUntil,
                blocked,
                failure,
                failoverReason,
                received,
                reversed,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing leased(long token, Instant until) {
        return new Standing(
                status,
                routeNo,
                Optional.of(until),
                tries,
                token,
                Optional.of(until),
                blocked,
                failure,
                failoverReason,
                received,
                reversed,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing unleased() {
        return new Standing(
                status,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                Optional.empty(),
                blocked,
                failure,
                failoverReason,
                received,
                reversed,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing block() {
        return new Standing(
                status,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                true,
                failure,
                failoverReason,
                received,
                reversed,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing failed(PayoutFailure why) {
        return new Standing(
                PayoutStatus.FAILED,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                blocked,
                Optional.of(why),
                failoverReason,
                received,
                reversed,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing succeeded(Optional<Money> reachedRecipient) {
        return new Standing(
                PayoutStatus.SUCCEEDED,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                blocked,
                Optional.empty(),
                failoverReason,
                reachedRecipient,
                reversed,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing afterRelease() {
        return new Standing(
                status,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                blocked,
                failure,
                failoverReason,
                received,
                reversed,
                true,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing reversed(Money cumulative) {
        return new Standing(
                status,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                blocked,
                failure,
                failoverReason,
                received,
                cumulative,
                late,
                transitions,
                updatedAt,
                completedAt);
    }

    Standing completed(Instant at) {
        return new Standing(
                status,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                blocked,
                failure,
                failoverReason,
                received,
                reversed,
                late,
                transitions,
                updatedAt,
                Optional.of(at));
    }

    Standing counted(Instant now) {
        return new Standing(
                status,
                routeNo,
                nextAt,
                tries,
                leaseToken,
                leaseUntil,
                blocked,
                failure,
                failoverReason,
                received,
                reversed,
                late,
                transitions + 1,
                now,
                completedAt);
    }
}
