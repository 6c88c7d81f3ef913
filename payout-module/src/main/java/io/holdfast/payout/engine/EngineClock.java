package io.holdfast.payout.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The database's clock, so that all nodes agree; or the one that the host gave. How long ago something was on this machine its
 * own two clocks tell.
 */
final class EngineClock {

    private static final Field<Instant> DATABASE_NOW = DSL.function("clock_timestamp", SQLDataType.INSTANT);

    private final Optional<Clock> replacement;
    private final Clock local;

    EngineClock(Optional<Clock> replacement) {
        this.replacement = replacement;
        this.local = replacement.orElse(Clock.systemUTC());
    }

    /** A moment by both clocks of this machine. */
    record Local(long nanos, Instant at) {}

    /** Returns this moment. */
    Local local() {
        return new Local(System.nanoTime(), local.instant());
    }

    /**
     * Returns how long ago a moment was, by the clock that says more: the one that nobody sets stands still while the machine is
     * asleep, and the other may be set back.
     */
    Duration since(Local moment) {
        Duration ticked = Duration.ofNanos(System.nanoTime() - moment.nanos());
        Duration told = Duration.between(moment.at(), local.instant());
        return ticked.compareTo(told) > 0 ? ticked : told;
    }

    /** Returns now, in the whole microseconds that PostgreSQL keeps. */
    Instant now(DSLContext db) {
        Instant now = replacement.isPresent()
                ? replacement.get().instant()
                : db.select(DATABASE_NOW).fetchSingle().value1();
        return now.truncatedTo(ChronoUnit.MICROS);
    }
}
