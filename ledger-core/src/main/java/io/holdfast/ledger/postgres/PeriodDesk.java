package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.LEDGER;
import static io.holdfast.db.generated.Tables.PERIOD_CLOSE;

import io.holdfast.db.generated.Routines;
import java.time.LocalDate;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.impl.DSL;

/** Closes the books. Each closing is kept as a fact. */
final class PeriodDesk {

    private static final int YEAR_MIN = 1900;
    private static final int YEAR_MAX = 9998;

    private final Book book;

    PeriodDesk(Book book) {
        this.book = book;
    }

    /** Closes through a date, unless that is done; returns the date through which the books are closed now. */
    LocalDate closeThrough(DSLContext db, LocalDate date, String actor) {
        if (date.getYear() < YEAR_MIN || date.getYear() > YEAR_MAX) {
            throw new IllegalArgumentException(
                    "Closing date " + date + " is not in the years " + YEAR_MIN + " to " + YEAR_MAX);
        }
        // Locked before the clock is read: nothing in the period was then recorded later than the closing.
        Optional<LocalDate> closed =
                db.select(Routines.lockClosingDate(book.id())).fetchOptional(Record1::value1);
        if (closed.isPresent() && !closed.get().isBefore(date)) {
            return closed.get();
        }
        db.insertInto(PERIOD_CLOSE)
                .columns(
                        PERIOD_CLOSE.LEDGER_ID,
                        PERIOD_CLOSE.CLOSED_THROUGH,
                        PERIOD_CLOSE.ACTOR,
                        PERIOD_CLOSE.RECORDED_AT)
                .values(DSL.val(book.id()), DSL.val(date), DSL.val(actor), book.now())
                .onConflict()
                .doNothing()
                .execute();
        return date;
    }

    Optional<LocalDate> closedThrough(DSLContext db) {
        return db.select(LEDGER.CLOSED_THROUGH)
                .from(LEDGER)
                .where(LEDGER.LEDGER_ID.eq(book.id()))
                .fetchOptional(LEDGER.CLOSED_THROUGH);
    }
}
