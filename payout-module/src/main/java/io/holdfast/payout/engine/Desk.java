package io.holdfast.payout.engine;

import java.time.Instant;

/** What everything here works with: where transactions come from, the clock, the rows, the host's settings. */
record Desk(Session session, EngineClock clock, Stores stores, Scribe scribe, Settings settings) {

    /** Returns what time it is, for whoever is in no transaction. */
    Instant now() {
        return session.read(clock::now);
    }

    /**
     * Checks a provider that may be gone by now.
     *
     * @throws IllegalArgumentException if none of that name is configured, and no payout ever went to one
     */
    void checkEverKnown(String provider) {
        if (settings.find(provider).isEmpty()
                && !session.read(db -> stores.statements().isUsed(db, provider))) {
            throw new IllegalArgumentException(
                    settings.absence(provider) + ", and no payout here ever went to one of that name");
        }
    }
}
