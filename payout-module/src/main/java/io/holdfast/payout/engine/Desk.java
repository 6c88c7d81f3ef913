package io.holdfast.payout.engine;

import java.time.Instant;

/** What everything here works with: where transactions come from, the clock, the rows, the host's settings. */
record Desk(Session session, EngineClock clock, Stores stores, Scribe scribe, Settings settings) {

    /** Returns what time it is, for whoever is in no transaction. */
    Instant now() {
        return session.read(clock::now);
    }
}
