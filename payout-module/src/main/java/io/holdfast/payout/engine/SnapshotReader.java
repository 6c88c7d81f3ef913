package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.records.PayoutAttemptsRecord;
import io.holdfast.db.generated.tables.records.PayoutIntentRecord;
import io.holdfast.db.generated.tables.records.PayoutStateRecord;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Key;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Reads payouts with their attempts, sends and references. */
final class SnapshotReader {

    private final int ledgerId;
    private final AccountStore accounts;
    private final PayoutSearch search;

    SnapshotReader(int ledgerId, AccountStore accounts) {
        this.ledgerId = ledgerId;
        this.accounts = accounts;
        this.search = new PayoutSearch(ledgerId, accounts);
    }

    /** What of that which is due at a provider is wanted. */
    enum Due {
        /** Of which nothing was ever sent that is not accounted for. */
        NEW,
        TO_BE_ASKED_ABOUT,
        /** Of both kinds the same number, as far as there is so much; if one more, then of what is new. */
        BOTH_NEW_FIRST,
        /** Likewise; if one more, then of what is to be asked about. */
        BOTH_ASKED_FIRST;

        private Boolean[] isNew() {
            return switch (this) {
                case NEW -> new Boolean[] {true};
                case TO_BE_ASKED_ABOUT -> new Boolean[] {false};
                case BOTH_NEW_FIRST -> new Boolean[] {true, false};
                case BOTH_ASKED_FIRST -> new Boolean[] {false, true};
            };
        }
    }

    Optional<PayoutSnapshot> find(DSLContext db, UUID payout) {
        return Optional.ofNullable(byId(db, List.of(payout)).get(payout));
    }

    Optional<PayoutSnapshot> find(DSLContext db, Key key) {
        return Optional.ofNullable(find(db, List.of(key)).get(key));
    }

    /** Returns a payout and keeps others from changing it until the transaction ends. */
    Optional<PayoutSnapshot> lock(DSLContext db, UUID payout) {
        return Optional.ofNullable(lock(db, List.of(payout)).get(payout));
    }

    /** Returns payouts by id and keeps others from changing them until the transaction ends. */
    Map<UUID, PayoutSnapshot> lock(DSLContext db, Collection<UUID> payouts) {
        return lock(db, payouts, Map.of());
    }

    /**
     * The same, where some are known as those who have their leases left them. Of these attempts are read only if anything has
     * happened since: no one else begins a send under a lease, and whatever else changes an attempt leaves a transition.
     */
    Map<UUID, PayoutSnapshot> lock(DSLContext db, Collection<UUID> payouts, Map<UUID, PayoutSnapshot> known) {
        return byId(snapshots(
                db,
                db.selectFrom(Routines.lockPayouts(ledgerId, payouts.toArray(UUID[]::new)))
                        .fetch(),
                known));
    }

    /** Returns payouts by id, of those there are. */
    Map<UUID, PayoutSnapshot> byId(DSLContext db, Collection<UUID> payouts) {
        if (payouts.isEmpty()) {
            return Map.of();
        }
        return byId(snapshots(
                db,
                db.selectFrom(Routines.payoutStatesById(ledgerId, payouts.toArray(UUID[]::new)))
                        .fetch()));
    }

    /** Returns payouts by key, of those there are. */
    Map<Key, PayoutSnapshot> find(DSLContext db, Collection<Key> keys) {
        String[] values = keys.stream().map(Key::value).distinct().toArray(String[]::new);
        List<UUID> ids =
                db.selectFrom(Routines.payoutIntentsByKey(ledgerId, values)).fetch(PayoutIntentRecord::getPayoutId);
        return byId(db, ids).values().stream()
                .collect(toMap(payout -> payout.intent().key(), Function.identity()));
    }

    /** Returns, locked, those that have been due at a provider for longest and that nobody else is taking up. */
    List<PayoutSnapshot> lockDue(DSLContext db, String provider, Due due, int limit, Instant now) {
        return snapshots(
                db,
                db.selectFrom(Routines.lockDuePayouts(ledgerId, now, provider, due.isNew(), limit))
                        .fetch());
    }

    /** Returns the providers at which payouts wait for their time. */
    List<String> dueProviders(DSLContext db) {
        return db.selectFrom(Routines.dueProviders(ledgerId)).fetch(row -> row.getDueProviders());
    }

    /** Returns the page of a query, in its order. */
    List<PayoutSnapshot> page(DSLContext db, PayoutQuery query) {
        List<UUID> ids = search.page(db, query);
        Map<UUID, PayoutSnapshot> payouts = byId(db, ids);
        return ids.stream().map(payouts::get).toList();
    }

    /** Returns how many a query finds in all. */
    long count(DSLContext db, PayoutQuery query) {
        return search.count(db, query);
    }

    /**
     * Returns the payouts, this one included, that a provider may have carried out under a reference that is not known, by
     * amount and address: their attempt is open, or ended by people's word alone.
     */
    List<PayoutSnapshot> unbound(DSLContext db, PayoutSnapshot like, String provider) {
        Intent intent = like.intent();
        List<UUID> candidates = db.select(PAYOUT.PAYOUT_ID)
                .from(PAYOUT)
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT.AMOUNT.eq(intent.amount().minor()))
                .and(PAYOUT.RECIPIENT_ADDRESS.eq(intent.recipient().address()))
                .andExists(DSL.selectOne()
                        .from(PAYOUT_ATTEMPT)
                        .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(PAYOUT.LEDGER_ID))
                        .and(PAYOUT_ATTEMPT.PAYOUT_ID.eq(PAYOUT.PAYOUT_ID))
                        .and(PAYOUT_ATTEMPT.PROVIDER.eq(provider))
                        .and(PAYOUT_ATTEMPT.PROVIDER_REFERENCE.isNull()))
                .fetch(PAYOUT.PAYOUT_ID);
        return byId(db, candidates).values().stream()
                .filter(candidate -> candidate
                        .intent()
                        .amount()
                        .currency()
                        .equals(intent.amount().currency()))
                .filter(candidate -> candidate.attempts().stream()
                        .filter(attempt -> attempt.provider().equals(provider)
                                && attempt.reference().isEmpty())
                        .anyMatch(attempt -> attempt.state() == AttemptState.OPEN || attempt.isInDoubt()))
                .toList();
    }

    private List<PayoutSnapshot> snapshots(DSLContext db, List<PayoutStateRecord> rows) {
        return snapshots(db, rows, Map.of());
    }

    private List<PayoutSnapshot> snapshots(
            DSLContext db, List<PayoutStateRecord> rows, Map<UUID, PayoutSnapshot> maybeKnown) {
        Map<UUID, PayoutSnapshot> known = new HashMap<>();
        for (PayoutStateRecord row : rows) {
            PayoutSnapshot one = maybeKnown.get(row.getPayoutId());
            if (one != null
                    && one.standing().transitions() == row.getTransitions()
                    && one.standing().leaseToken() == row.getLeaseToken()) {
                known.put(row.getPayoutId(), one.with(Rows.standing(row, one.intent())));
            }
        }
        List<PayoutStateRecord> unknown = rows.stream()
                .filter(row -> !known.containsKey(row.getPayoutId()))
                .toList();
        Map<UUID, Intent> intents = intents(db, unknown);
        Map<UUID, List<PayoutAttemptsRecord>> attempts = attempts(db, unknown);
        for (PayoutStateRecord row : unknown) {
            Intent intent = Optional.ofNullable(intents.get(row.getPayoutId())).orElseThrow();
            known.put(
                    intent.id(),
                    new PayoutSnapshot(
                            intent,
                            Rows.standing(row, intent),
                            Rows.attempts(attempts.getOrDefault(intent.id(), List.of()), intent)));
        }
        return rows.stream().map(row -> known.get(row.getPayoutId())).toList();
    }

    private Map<UUID, Intent> intents(DSLContext db, List<PayoutStateRecord> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = rows.stream().map(PayoutStateRecord::getPayoutId).toArray(UUID[]::new);
        List<PayoutIntentRecord> intents =
                db.selectFrom(Routines.payoutIntentsById(ledgerId, ids)).fetch();
        Map<Long, Account> wallets = accounts.accounts(
                db, intents.stream().map(PayoutIntentRecord::getAccountId).toList());
        return intents.stream()
                .collect(toMap(
                        PayoutIntentRecord::getPayoutId,
                        row -> Rows.intent(
                                row,
                                Optional.ofNullable(wallets.get(row.getAccountId()))
                                        .orElseThrow())));
    }

    /** Reads the attempts of those that were ever claimed: the others have none. */
    private Map<UUID, List<PayoutAttemptsRecord>> attempts(DSLContext db, List<PayoutStateRecord> rows) {
        UUID[] claimed = rows.stream()
                .filter(row -> row.getLeaseToken() > 0)
                .map(PayoutStateRecord::getPayoutId)
                .toArray(UUID[]::new);
        return claimed.length == 0
                ? Map.of()
                : db.selectFrom(Routines.payoutAttempts(ledgerId, claimed))
                        .collect(groupingBy(PayoutAttemptsRecord::getPayoutId, toList()));
    }

    private static Map<UUID, PayoutSnapshot> byId(List<PayoutSnapshot> payouts) {
        return payouts.stream().collect(toMap(payout -> payout.intent().id(), Function.identity()));
    }
}
