package io.holdfast.payout;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A payout as it was when it was read: one wallet, one recipient, one amount, one fee, one key, one hold.
 *
 * @param id UUIDv7
 * @param key the request's
 * @param status its status
 * @param wallet which account pays
 * @param amount what the provider is told to pay
 * @param fee what we charge beside it
 * @param payer who bears that fee
 * @param received what reached the recipient, once it is known
 * @param reversed what of the amount came back
 * @param recipient who is paid
 * @param toldOperator by which mobile operator the provider says that it is paid, in its own words
 * @param narration what the recipient reads
 * @param routes names of the providers that may be used, in order
 * @param attempts in order
 * @param failure why it failed, if it did
 * @param failoverReason why the route before the present one was left
 * @param late whether it succeeded after its hold had been released
 * @param notBefore the earliest time to send it
 * @param hold id of the hold, which is that of the entry that placed it
 * @param entries ids of all its journal entries, in the order in which it made them
 * @param requestedBy in whose name it was requested
 * @param checkers how many other people have to approve it before it is sent
 * @param approveBy when it is cancelled unless they have; absent if nobody has to
 * @param createdAt when it was requested
 * @param updatedAt when it last changed
 * @param completedAt when it came to its present end
 * @param metadata the request's
 */
public record Payout(
        UUID id,
        Key key,
        PayoutStatus status,
        Account wallet,
        Money amount,
        Money fee,
        Payer payer,
        Optional<Money> received,
        Money reversed,
        Recipient recipient,
        Optional<String> toldOperator,
        String narration,
        List<String> routes,
        List<PayoutAttempt> attempts,
        Optional<PayoutFailure> failure,
        Optional<String> failoverReason,
        boolean late,
        Optional<Instant> notBefore,
        UUID hold,
        List<UUID> entries,
        String requestedBy,
        int checkers,
        Optional<Instant> approveBy,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> completedAt,
        Map<String, String> metadata) {

    /** Copies the lists and the map. */
    public Payout {
        routes = List.copyOf(routes);
        attempts = List.copyOf(attempts);
        entries = List.copyOf(entries);
        metadata = Map.copyOf(metadata);
    }

    /** Returns what the wallet pays: amount and fee. */
    public Money total() {
        return amount.plus(fee);
    }

    /** Returns the recipient's mobile operator: as the provider names it, else as the request did. */
    public Optional<String> operator() {
        return toldOperator.or(
                () -> recipient instanceof Recipient.MobileMoney mobile ? mobile.operator() : Optional.empty());
    }

    /** Returns the provider of the attempt that counts: the open or settled one, else the latest, else the first route. */
    public String provider() {
        return counting().map(PayoutAttempt::provider).orElse(routes.get(0));
    }

    /** Returns the provider's reference of the attempt that counts. */
    public Optional<String> providerReference() {
        return counting().flatMap(PayoutAttempt::providerReference);
    }

    /**
     * Returns since when this payout is {@linkplain PayoutStatus#isInDoubt in doubt}: when that was first sent of which nobody
     * knows what became. Absent if it is not in doubt, or nothing was sent.
     */
    public Optional<Instant> inDoubtSince() {
        if (!status.isInDoubt()) {
            return Optional.empty();
        }
        return attempts.stream()
                .filter(attempt -> attempt.state() != AttemptState.FAILED)
                .flatMap(attempt -> attempt.sends().stream())
                .filter(send -> !send.createdNothing())
                .map(PayoutSend::sentAt)
                .findFirst();
    }

    private Optional<PayoutAttempt> counting() {
        return attempts.stream()
                .filter(attempt -> attempt.state() == AttemptState.OPEN || attempt.state() == AttemptState.SETTLED)
                .findFirst()
                .or(() -> attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1)));
    }
}
