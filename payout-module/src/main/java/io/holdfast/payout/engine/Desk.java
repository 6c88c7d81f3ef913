package io.holdfast.payout.engine;

/** What everything here works with: where transactions come from, the clock, the rows, the host's settings. */
record Desk(Session session, EngineClock clock, Stores stores, Scribe scribe, Settings settings) {}
