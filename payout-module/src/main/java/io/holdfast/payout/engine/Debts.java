package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static io.holdfast.db.generated.Tables.POSTING;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Result;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutTransition.Cause;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.SQLDataType;

/** What a wallet's owner owes us for a payout that succeeded after its money had been given back: collects it or gives it up. */
final class Debts {

    private static final int KEY_MAX = 100;
    private static final int TRIES_MAX = 5;

    private final Desk desk;
    private final String actor;

    /** An entry that settled a debt, and how much of it. */
    private record Booked(UUID entry, Money amount) {}

    Debts(Desk desk, String actor) {
        this.desk = desk;
        this.actor = actor;
    }

    PayoutSnapshot collect(Transaction transaction, PayoutSnapshot payout, Key key) {
        return settle(transaction, payout, EntryRole.COLLECTION, "collect", key);
    }

    PayoutSnapshot writeOff(Transaction transaction, PayoutSnapshot payout, Key key) {
        return settle(transaction, payout, EntryRole.WRITE_OFF, "write-off", key);
    }

    private PayoutSnapshot settle(
            Transaction transaction, PayoutSnapshot payout, EntryRole role, String step, Key key) {
        if (key.value().length() > KEY_MAX) {
            throw new IllegalArgumentException(
                    "Key \"" + key.value().substring(0, KEY_MAX) + "...\" is longer than " + KEY_MAX + " characters");
        }
        Intent intent = payout.intent();
        Key entryKey = Bookkeeper.key(intent, step + ":" + key);
        if (transaction.ledger().entry(EntryReference.of(entryKey)).isPresent()) {
            return payout;
        }
        Money owed = owed(transaction.db(), intent);
        if (!owed.isPositive()) {
            throw new PayoutRefusedException(new PayoutRefusal.NothingOwed(intent.key()));
        }
        Booked booked = role == EntryRole.COLLECTION
                ? collect(transaction.ledger(), intent, entryKey, owed)
                : writeOff(transaction.ledger(), intent, entryKey, owed);
        Instant now = desk.clock().now(transaction.db());
        Cause cause = role == EntryRole.COLLECTION ? Cause.COLLECTION : Cause.WRITE_OFF;
        String detail = booked.amount() + (role == EntryRole.COLLECTION ? " collected" : " written off") + " of " + owed
                + " owed";
        PayoutSnapshot moved =
                desk.scribe().move(transaction, payout, payout.standing(), Scribe.Move.of(cause, detail, actor, now));
        desk.stores()
                .history()
                .record(transaction.sheet(), intent.id(), moved.standing().transitions(), role, booked.entry());
        return moved;
    }

    /** Takes what the wallet has, all that is owed at most. Its limits and freezes count: nothing has happened yet. */
    private Booked collect(Ledger ledger, Intent intent, Key key, Money owed) {
        Details details = Bookkeeper.described(intent, "Debt collected for payout");
        Money wanted = owed;
        for (int tries = 1; ; tries++) {
            JournalEntry entry = new JournalEntry(
                    key,
                    details,
                    List.of(Posting.debit(intent.wallet().path(), wanted), Posting.credit(debts(intent), wanted)));
            Result result = ledger.execute(List.of(entry)).get(0);
            if (!(result instanceof Result.Refused refused)
                    || !(refused.refusal() instanceof Refusal.InsufficientFunds lacking)
                    || tries == TRIES_MAX) {
                return new Booked(result.entryOrThrow().id(), wanted);
            }
            wanted = lacking.available().minus(lacking.minimum());
            if (!wanted.isPositive()) {
                throw new RefusedException(lacking);
            }
        }
    }

    private Booked writeOff(Ledger ledger, Intent intent, Key key, Money owed) {
        Account losses = Account.of(
                desk.settings().accounts().lateLosses(), intent.amount().currency());
        if (ledger.account(losses).isEmpty()) {
            ledger.open(AccountTerms.of(losses));
        }
        JournalEntry entry = new JournalEntry(
                key,
                Bookkeeper.described(intent, "Debt written off for payout"),
                List.of(Posting.debit(losses.path(), owed), Posting.credit(debts(intent), owed)));
        return new Booked(ledger.post(entry).id(), owed);
    }

    private String debts(Intent intent) {
        return desk.settings().accounts().latePayouts(intent.wallet());
    }

    /** Returns what the payout's own entries leave on its owner's account of debts. */
    private Money owed(DSLContext db, Intent intent) {
        return intent.money(db.select(coalesce(sum(POSTING.AMOUNT.mul(POSTING.SIDE)), inline(0))
                        .cast(SQLDataType.DECIMAL_INTEGER))
                .from(PAYOUT_ENTRY)
                .join(POSTING)
                .on(POSTING.LEDGER_ID.eq(PAYOUT_ENTRY.LEDGER_ID), POSTING.ENTRY_ID.eq(PAYOUT_ENTRY.ENTRY_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(POSTING.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(POSTING.ACCOUNT_ID))
                .where(PAYOUT_ENTRY.LEDGER_ID.eq(desk.stores().history().ledgerId()))
                .and(PAYOUT_ENTRY.PAYOUT_ID.eq(intent.id()))
                .and(ACCOUNT.PATH.eq(debts(intent)))
                .fetchSingle()
                .value1());
    }
}
