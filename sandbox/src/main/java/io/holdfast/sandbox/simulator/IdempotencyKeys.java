package io.holdfast.sandbox.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which key was answered how, for as long as the provider remembers. Used by one thread at a time. */
public final class IdempotencyKeys {

    private final Duration window;
    private final Clock clock;
    private final Map<String, Entry> entries = new HashMap<>();

    /** Remembers each key for so long after its first use. */
    public IdempotencyKeys(Duration window, Clock clock) {
        this.window = window;
        this.clock = clock;
    }

    /** The first use of a key: with which content, and what was answered. */
    public record Entry(String content, Reply reply, Instant firstUsed) {}

    /** Returns the first use of a key, if it is remembered. */
    public Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key)).filter(this::isRemembered);
    }

    /** Records the first use of a key. */
    public void remember(String key, String content, Reply reply) {
        Reply replayed = new Reply(reply.status(), reply.headers(), reply.body(), Optional.empty());
        entries.put(key, new Entry(content, replayed, clock.instant()));
    }

    private boolean isRemembered(Entry entry) {
        return clock.instant().isBefore(entry.firstUsed().plus(window));
    }
}
