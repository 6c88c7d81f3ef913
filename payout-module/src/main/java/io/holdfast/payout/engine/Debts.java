package io.holdfast.payout.engine;

import io.holdfast.ledger.Account;
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
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/** What a wallet's owner owes us for a payout that succeeded after its money had been given back: collects it or gives it up. */
final class Debts {

    private static final int KEY_MAX = 100;
    private static final int TRIES_MAX = 5;

    private final Desk desk;
    private final String actor;

    /** How a debt is settled. */
    private enum Way {
        COLLECT("collect", EntryRole.COLLECTION, Cause.COLLECTION, "collected"),
        WRITE_OFF("write-off", EntryRole.WRITE_OFF, Cause.WRITE_OFF, "written off");

        /** In the key of the entry. */
        private final String step;

        private final EntryRole role;
        private final Cause cause;
        private final String done;

        Way(String step, EntryRole role, Cause cause, String done) {
            this.step = step;
            this.role = role;
            this.cause = cause;
            this.done = done;
        }
    }

    /** An entry that settled a debt, and how much of it. */
    private record Booked(UUID entry, Money amount) {}

    /** The entry that settles a debt on an account. */
    private record Ending(Intent intent, Key key, Details details, String debts) {

        JournalEntry by(String payer, Money amount) {
            return new JournalEntry(key, details, List.of(Posting.debit(payer, amount), Posting.credit(debts, amount)));
        }
    }

    Debts(Desk desk, String actor) {
        this.desk = desk;
        this.actor = actor;
    }

    PayoutSnapshot collect(Transaction transaction, PayoutSnapshot payout, Key key) {
        return settle(transaction, payout, Way.COLLECT, key);
    }

    PayoutSnapshot writeOff(Transaction transaction, PayoutSnapshot payout, Key key) {
        return settle(transaction, payout, Way.WRITE_OFF, key);
    }

    private PayoutSnapshot settle(Transaction transaction, PayoutSnapshot payout, Way way, Key key) {
        if (key.value().length() > KEY_MAX) {
            throw new IllegalArgumentException(
                    "Key \"" + key.value().substring(0, KEY_MAX) + "...\" is longer than " + KEY_MAX + " characters");
        }
        Intent intent = payout.intent();
        Key entryKey = Bookkeeper.key(intent, way.step + ":" + key);
        if (transaction.ledger().entry(EntryReference.of(entryKey)).isPresent()) {
            return payout;
        }
        BookedStore.Booked debt = owed(desk.stores().booked(), transaction.db(), intent)
                .orElseThrow(() -> new PayoutRefusedException(new PayoutRefusal.NothingOwed(intent.key())));
        Money owed = intent.money(debt.minor());
        Ledger ledger = transaction.ledger();
        String debts = OpenAccounts.standingFor(
                ledger, debt.path(), desk.settings().accounts().latePayouts(intent.wallet()), owed.currency());
        Details described = Bookkeeper.described(intent, "Debt " + way.done + " for payout");
        Details details =
                debts.equals(debt.path()) ? described : BookedStore.standingFor(described, EntryRole.LATE, debts);
        Ending entry = new Ending(intent, entryKey, details, debts);
        Booked booked = switch (way) {
            case COLLECT -> collect(ledger, entry, owed);
            case WRITE_OFF -> writeOff(ledger, entry, owed);
        };
        Instant now = desk.clock().now(transaction.db());
        String detail = booked.amount() + " " + way.done + " of " + owed + " owed";
        PayoutSnapshot moved = desk.scribe()
                .move(transaction, payout, payout.standing(), Scribe.Move.of(way.cause, detail, actor, now));
        desk.stores()
                .history()
                .record(transaction.sheet(), intent.id(), moved.standing().transitions(), way.role, booked.entry());
        return moved;
    }

    /** Takes what the wallet has, all that is owed at most. Its limits and freezes count: nothing has happened yet. */
    private Booked collect(Ledger ledger, Ending ending, Money owed) {
        Money wanted = owed;
        for (int tries = 1; ; tries++) {
            JournalEntry entry = ending.by(ending.intent().wallet().path(), wanted);
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

    private Booked writeOff(Ledger ledger, Ending ending, Money owed) {
        String losses = desk.settings().accounts().lateLosses();
        OpenAccounts.open(ledger, Account.of(losses, owed.currency()));
        return new Booked(ledger.post(ending.by(losses, owed)).id(), owed);
    }

    /** Returns what a wallet's owner owes for a payout, and the account on which that was booked, though it may be closed by now. */
    static Optional<BookedStore.Booked> owed(BookedStore booked, DSLContext db, Intent intent) {
        return booked.left(db, intent.id(), EntryRole.LATE)
                .filter(debt -> !debt.path().equals(intent.wallet().path()));
    }
}
