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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Which ledger, and how it tells the time.
 *
 * @param id the ledger's row
 * @param clock in place of the database's, for tests
 */
record Book(int id, String name, ZoneId zone, Optional<Clock> clock) {

    private static final int NAMES_MAX = 10;

    /** The login lacks the right, or the transaction is read-only, as all are on a standby. */
    private static final Set<String> NO_RIGHT_TO_WRITE = Set.of("42501", "25006");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /** Finds the ledger of that name, or opens it. Whoever finds it writes nothing. */
    static Book open(DSLContext db, String name, Optional<ZoneId> zone, Optional<Clock> clock) {
        check(db, name);
        Optional<Book> found = find(db, name, zone, clock);
        if (found.isEmpty()) {
            List<String> others = names(db);
            try {
                insert(db, name, zone, clock);
            } catch (DataAccessException refused) {
                if (NO_RIGHT_TO_WRITE.contains(refused.sqlState())) {
                    throw new IllegalArgumentException(
                            isNotAmong(name, others) + ". It cannot be opened with this login, which may not write",
                            refused);
                }
                throw refused;
            }
        }
        return found.or(() -> find(db, name, zone, clock)).orElseThrow();
    }

    /** Finds the ledger of that name, which has to be there. */
    static Book existing(DSLContext db, String name, Optional<ZoneId> zone, Optional<Clock> clock) {
        check(db, name);
        return find(db, name, zone, clock).orElseThrow(() -> new IllegalArgumentException(isNotAmong(name, names(db))));
    }

    private static void check(DSLContext db, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Ledger name \"" + name.substring(0, Math.min(name.length(), 70))
                    + "\" is not 1 to 63 lower-case letters, digits and . _ - beginning with a letter or digit");
        }
        db.connection(Schema::check);
    }

    private static void insert(DSLContext db, String name, Optional<ZoneId> zone, Optional<Clock> clock) {
        db.insertInto(LEDGER)
                .columns(LEDGER.NAME, LEDGER.TIME_ZONE, LEDGER.OPENED_AT)
                .values(DSL.val(name), DSL.val(zone.orElse(ZoneOffset.UTC).getId()), now(clock))
                .onConflict(LEDGER.NAME)
                .doNothing()
                .execute();
    }

    private static Optional<Book> find(DSLContext db, String name, Optional<ZoneId> zone, Optional<Clock> clock) {
        return db.select(LEDGER.LEDGER_ID, LEDGER.TIME_ZONE)
                .from(LEDGER)
                .where(LEDGER.NAME.eq(name))
                .fetchOptional(row -> new Book(row.value1(), name, checked(name, row.value2(), zone), clock));
    }

    /** Returns the zone that a ledger has, unless another is wanted. */
    private static ZoneId checked(String name, String id, Optional<ZoneId> zone) {
        ZoneId kept = zoneOf(name, id);
        if (zone.isPresent() && !zone.get().normalized().equals(kept.normalized())) {
            throw new IllegalArgumentException("Ledger \"" + name + "\" counts its business dates in " + kept
                    + ", not in " + zone.get() + ": that was settled when it was opened");
        }
        return kept;
    }

    private static List<String> names(DSLContext db) {
        return db.select(LEDGER.NAME)
                .from(LEDGER)
                .orderBy(LEDGER.NAME)
                .limit(NAMES_MAX + 1)
                .fetch(LEDGER.NAME);
    }

    private static String isNotAmong(String name, List<String> names) {
        String among = names.isEmpty()
                ? "there is none at all"
                : "there are: " + String.join(", ", names.subList(0, Math.min(names.size(), NAMES_MAX)))
                        + (names.size() > NAMES_MAX ? " and others" : "");
        return "There is no ledger \"" + name + "\"; " + among;
    }

    /** Returns the time now, for a query. */
    Field<Instant> now() {
        return now(clock);
    }

    /** Returns the time now by the clock that stands in for the database's, or else this time, which the database told. */
    Instant orByItsClock(Instant told) {
        return clock.map(given -> given.instant().truncatedTo(ChronoUnit.MICROS))
                .orElse(told);
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
