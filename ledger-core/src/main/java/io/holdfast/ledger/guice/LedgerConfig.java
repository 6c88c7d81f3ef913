package io.holdfast.ledger.guice;

import java.time.ZoneId;
import java.util.Optional;

/**
 * Which ledger, and in whose name it is kept.
 *
 * @param ledger its name; opened if it is not there, unless it has to be
 * @param zone of its business dates when it is opened; if absent, the zone it has, or UTC
 * @param actor in whose name entries are recorded
 * @param origin by which program entries are recorded
 * @param existing whether a ledger that is not there is an error, which names those that are
 */
public record LedgerConfig(String ledger, Optional<ZoneId> zone, String actor, String origin, boolean existing) {

    /** Returns a configuration for the ledger of that name, in the name of {@code application} by {@code api}. */
    public static LedgerConfig of(String ledger) {
        return new LedgerConfig(ledger, Optional.empty(), "application", "api", false);
    }

    /** Returns the same in a zone. */
    public LedgerConfig zone(ZoneId businessZone) {
        return new LedgerConfig(ledger, Optional.of(businessZone), actor, origin, existing);
    }

    /** Returns the same in someone's name. */
    public LedgerConfig actor(String who) {
        return new LedgerConfig(ledger, zone, who, origin, existing);
    }

    /** Returns the same by a program. */
    public LedgerConfig origin(String program) {
        return new LedgerConfig(ledger, zone, actor, program, existing);
    }

    /** Returns the same for a ledger that has to be there. */
    public LedgerConfig thatExists() {
        return new LedgerConfig(ledger, zone, actor, origin, true);
    }
}
