package io.holdfast.payout.engine;

import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Result;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/**
 * A database transaction that is open. What it is told to book and to write waits until something else is asked of the
 * database, or until the end, and is then done together: the rows in one statement, the journal's entries as one batch, and
 * in one more statement which transition made which entry.
 * Belongs to one thread.
 */
final class Transaction {

    private final DSLContext db;
    private final Ledger ledger;
    private final Sheet sheet;
    private final List<Booking> bookings;
    private final Map<UsageStore, List<UsageStore.Counted>> uncounted;
    private final Map<MovementStore, Set<Movements.Payment>> booked;

    /** Begins with nothing to do. */
    Transaction(DSLContext db, Ledger ledger) {
        this(db, ledger, new Sheet(), new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private Transaction(
            DSLContext db,
            Ledger ledger,
            Sheet sheet,
            List<Booking> bookings,
            Map<UsageStore, List<UsageStore.Counted>> uncounted,
            Map<MovementStore, Set<Movements.Payment>> booked) {
        this.db = db;
        this.ledger = ledger;
        this.sheet = sheet;
        this.bookings = bookings;
        this.uncounted = uncounted;
        this.booked = booked;
    }

    /** An entry to be made, in whose name, and what then to do with it. */
    private record Booking(Ledger by, KeyedCommand command, Consumer<RecordedEntry> then) {}

    /** Returns the same in somebody's name. */
    Transaction as(String actor) {
        return new Transaction(db, ledger.as(actor), sheet, bookings, uncounted, booked);
    }

    /** Returns the database, everything so far written. */
    DSLContext db() {
        flush();
        return db;
    }

    /** Returns the ledger, joined to the transaction, everything so far booked. */
    Ledger ledger() {
        book();
        return ledger;
    }

    /** Returns where rows to be written go. */
    Sheet sheet() {
        return sheet;
    }

    /** Books a command, soon, and then goes on with its entry. */
    void book(KeyedCommand command, Consumer<RecordedEntry> then) {
        bookings.add(new Booking(ledger, command, then));
    }

    /** Counts a payout no more, before anything is booked: whoever counts one locks in this order too. */
    void uncount(UsageStore usage, BigInteger amount, List<Counting> countings) {
        List<UsageStore.Counted> waiting = uncounted.computeIfAbsent(usage, none -> new ArrayList<>());
        countings.forEach(counting -> waiting.add(new UsageStore.Counted(counting, amount)));
    }

    /** Takes what a payout has booked itself from suspense, should it stand there as nobody's, once the payout has booked it. */
    void explain(MovementStore movements, Movements.Payment payment) {
        booked.computeIfAbsent(movements, none -> new LinkedHashSet<>()).add(payment);
    }

    /**
     * Does what waits to be done.
     *
     * @throws RefusedException if the ledger refuses one of the entries; the transaction is then to be rolled back
     */
    void flush() {
        uncount();
        // Rows first: accounts that many payouts need are locked by booking, until the end.
        sheet.write(db);
        book();
        booked.forEach((movements, payments) -> Movements.explain(db, ledger, movements, payments));
        booked.clear();
        sheet.write(db);
    }

    /** Forgets what waits to be done. */
    void clear() {
        uncounted.clear();
        bookings.clear();
        booked.clear();
        sheet.clear();
    }

    private void uncount() {
        uncounted.forEach((usage, theirs) -> usage.uncount(db, theirs));
        uncounted.clear();
    }

    private void book() {
        uncount();
        Map<Ledger, List<Booking>> waiting = new LinkedHashMap<>();
        bookings.forEach(booking ->
                waiting.computeIfAbsent(booking.by(), none -> new ArrayList<>()).add(booking));
        bookings.clear();
        waiting.forEach((by, theirs) -> {
            List<Result> results =
                    by.execute(theirs.stream().map(Booking::command).toList());
            for (int i = 0; i < theirs.size(); i++) {
                theirs.get(i).then().accept(results.get(i).entryOrThrow());
            }
        });
    }
}
