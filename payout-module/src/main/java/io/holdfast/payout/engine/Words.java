package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

/** Says in the host's words how payouts stand. */
final class Words {

    private final HistoryStore history;

    Words(HistoryStore history) {
        this.history = history;
    }

    Payout payout(DSLContext db, PayoutSnapshot snapshot) {
        return payouts(db, List.of(snapshot)).get(0);
    }

    List<Payout> payouts(DSLContext db, List<PayoutSnapshot> snapshots) {
        List<UUID> ids = snapshots.stream().map(one -> one.intent().id()).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<UUID>> entries = history.entries(db, ids);
        Map<UUID, Map<String, String>> metadata = history.metadata(db, ids);
        List<Payout> payouts = new ArrayList<>();
        for (PayoutSnapshot snapshot : snapshots) {
            UUID id = snapshot.intent().id();
            payouts.add(payout(snapshot, entries.getOrDefault(id, List.of()), metadata.getOrDefault(id, Map.of())));
        }
        return payouts;
    }

    /** Says how a payout stands of which entries, the hold first, and metadata are known. */
    static Payout payout(PayoutSnapshot snapshot, List<UUID> entries, Map<String, String> metadata) {
        Intent intent = snapshot.intent();
        Standing standing = snapshot.standing();
        return new Payout(
                intent.id(),
                intent.key(),
                standing.status(),
                intent.wallet(),
                intent.amount(),
                intent.fee(),
                intent.payer(),
                standing.received(),
                standing.reversed(),
                intent.recipient(),
                standing.operator(),
                intent.narration(),
                intent.routes(),
                snapshot.attempts().stream().map(Words::attempt).toList(),
                standing.failure(),
                standing.failoverReason(),
                standing.late(),
                intent.notBefore(),
                entries.get(0),
                entries,
                intent.requestedBy(),
                intent.checkers(),
                intent.approveBy(),
                intent.createdAt(),
                standing.updatedAt(),
                standing.completedAt(),
                metadata);
    }

    private static PayoutAttempt attempt(Attempt attempt) {
        Money charged = attempt.feeBooked().minus(attempt.feeRefunded());
        return new PayoutAttempt(
                attempt.number(),
                attempt.provider(),
                attempt.key(),
                attempt.state(),
                attempt.outcome(),
                attempt.reference(),
                attempt.quotedFee(),
                charged,
                attempt.sends().stream().map(Send::shown).toList());
    }
}
