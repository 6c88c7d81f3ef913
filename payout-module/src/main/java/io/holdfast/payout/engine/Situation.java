package io.holdfast.payout.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What requests are checked against beside the host's settings.
 *
 * @param broken providers to which nothing new is sent
 * @param quotes those that requests name
 */
record Situation(Instant now, Set<String> broken, Map<UUID, QuoteStore.Given> quotes) {}
