package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Recipient;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What of a payout changes.
 *
 * @param routeNo which of the routes is used now, from 1
 * @param nextAt when a processor should look at it next; absent if never
 * @param tries how often it was tried or asked about since its status changed
 * @param leaseToken rises with each claim
 * @param leaseUntil until when the processor with that token works on it; absent if none does
 * @param blocked whether nothing more may be sent for it
 * @param operator by which operator the provider says that it is paid
 * @param transitions the number of its latest transition
 * @param hinted which attempt an unsigned delivery makes us ask about; {@link WebhookStore} alone writes it
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
        Optional<Instant> completedAt,
        Optional<String> operator,
        Optional<Integer> hinted) {

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
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Standing status(PayoutStatus value) {
        return with(to -> to.status = value);
    }

    Standing route(int number, String reason) {
        return with(to -> {
            to.routeNo = number;
            to.failoverReason = Optional.of(reason);
        });
    }

    Standing next(Optional<Instant> at, int triesSoFar) {
        return with(to -> {
            to.nextAt = at;
            to.tries = triesSoFar;
        });
    }

    Standing leased(long token, Instant until) {
        return with(to -> {
            to.nextAt = Optional.of(until);
            to.leaseToken = token;
            to.leaseUntil = Optional.of(until);
        });
    }

    Standing unleased() {
        return with(to -> to.leaseUntil = Optional.empty());
    }

    Standing block() {
        return with(to -> to.blocked = true);
    }

    Standing failed(PayoutFailure why) {
        return with(to -> {
            to.status = PayoutStatus.FAILED;
            to.failure = Optional.of(why);
        });
    }

    Standing succeeded(Optional<Money> reachedRecipient) {
        return with(to -> {
            to.status = PayoutStatus.SUCCEEDED;
            to.failure = Optional.empty();
            to.received = reachedRecipient;
        });
    }

    Standing afterRelease() {
        return with(to -> to.late = true);
    }

    Standing reversed(Money cumulative) {
        return with(to -> to.reversed = cumulative);
    }

    Standing completed(Instant at) {
        return with(to -> to.completedAt = Optional.of(at));
    }

    Standing operator(String named) {
        return with(to -> to.operator = Optional.of(named));
    }

    /** Returns the same with the recipient masked in what the provider said. */
    Standing masking(Recipient recipient) {
        return with(to -> {
            to.failure = failure.map(said -> said.masking(recipient));
            to.failoverReason = failoverReason.map(said -> Masking.mask(said, recipient));
        });
    }

    Standing counted(Instant now) {
        return with(to -> {
            to.transitions = transitions + 1;
            to.updatedAt = now;
        });
    }

    private Standing with(Consumer<Changed> change) {
        Changed changed = new Changed(this);
        change.accept(changed);
        return changed.standing();
    }

    /** The same values, to be changed one by one: a component more is written down here and nowhere else. */
    private static final class Changed {

        private PayoutStatus status;
        private int routeNo;
        private Optional<Instant> nextAt;
        private int tries;
        private long leaseToken;
        private Optional<Instant> leaseUntil;
        private boolean blocked;
        private Optional<PayoutFailure> failure;
        private Optional<String> failoverReason;
        private Optional<Money> received;
        private Money reversed;
        private boolean late;
        private int transitions;
        private Instant updatedAt;
        private Optional<Instant> completedAt;
        private Optional<String> operator;
        private Optional<Integer> hinted;

        Changed(Standing from) {
            status = from.status;
            routeNo = from.routeNo;
            nextAt = from.nextAt;
            tries = from.tries;
            leaseToken = from.leaseToken;
            leaseUntil = from.leaseUntil;
            blocked = from.blocked;
            failure = from.failure;
            failoverReason = from.failoverReason;
            received = from.received;
            reversed = from.reversed;
            late = from.late;
            transitions = from.transitions;
            updatedAt = from.updatedAt;
            completedAt = from.completedAt;
            operator = from.operator;
            hinted = from.hinted;
        }

        Standing standing() {
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
                    completedAt,
                    operator,
                    hinted);
        }
    }
}
