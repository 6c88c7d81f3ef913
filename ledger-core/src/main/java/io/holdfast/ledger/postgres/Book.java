package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.LEDGER;

import io.holdfast.db.Schema;
import io.holdfast.db.generated.Routines;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Which ledger, and how it tells the time.
 *
 * @param id the ledger's row
 * @param clock in place of the database's, for tests
 */
record Book(int id, String name, ZoneId zone, Optional<Clock> clock) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /** Finds the ledger of that name, or opens it. */
    static Book open(DSLContext db, String name, Optional<ZoneId> zone, Optional<Clock> clock) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Ledger name \"" + name.substring(0, Math.min(name.length(), 70))
                    + "\" is not 1 to 63 lower-case letters, digits and . _ - beginning with a letter or digit");
        }
        db.connection(Schema::check);
        db.insertInto(LEDGER)
                .columns(LEDGER.NAME, LEDGER.TIME_ZONE, LEDGER.OPENED_AT)
                .values(DSL.val(name), DSL.val(zone.orElse(ZoneOffset.UTC).getId()), now(clock))
                .onConflict(LEDGER.NAME)
                .doNothing()
                .execute();
        var row = db.select(LEDGER.LEDGER_ID, LEDGER.TIME_ZONE)
                .from(LEDGER)
                .where(LEDGER.NAME.eq(name))
                .fetchSingle();
        ZoneId kept = zoneOf(name, row.value2());
        if (zone.isPresent() && !zone.get().normalized().equals(kept.normalized())) {
            throw new IllegalArgumentException("Ledger \"" + name + "\" counts its business dates in " + kept
                    + ", not in " + zone.get() + ": that was settled when it was opened");
        }
        return new Book(row.value1(), name, kept, clock);
    }

    /** Returns the time now, for a query. */
    Field<Instant> now() {
        return now(clock);
    }

    /** Returns the business date of an instant. */
    LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    private static Field<Instant> now(Optional<Clock> clock) {
        return clock.<Field<Instant>>map(given -> DSL.val(given.instant().truncatedTo(ChronoUnit.MICROS)))
                .orElseGet(Routines::readClock);
    }

    private static ZoneId zoneOf(String name, String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            throw new IllegalStateException(
                    "Ledger \"" + name + "\" has the time zone \"" + id + "\", which this JVM does not know", unknown);
        }
    }
}
