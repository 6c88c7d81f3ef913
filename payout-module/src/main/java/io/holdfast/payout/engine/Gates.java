package io.holdfast.payout.engine;

import io.holdfast.payout.spi.PayoutProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The gates of all providers, each of which gets its turn to be the first. Safe for use by any number of threads. */
final class Gates {

    private final Map<String, Gate> byName = new LinkedHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    Gates(Collection<PayoutProvider> providers, int atOnceByProvider, Supplier<Instant> clock) {
        providers.forEach(provider -> byName.put(provider.name(), new Gate(provider, atOnceByProvider, clock)));
    }

    Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** Returns the gate of a provider that is configured. */
    Gate of(PayoutProvider provider) {
        return Optional.ofNullable(byName.get(provider.name())).orElseThrow();
    }

    /** Returns all gates, beginning with another one each time. */
    List<Gate> inTurn() {
        List<Gate> gates = new ArrayList<>(byName.values());
        if (!gates.isEmpty()) {
            Collections.rotate(gates, -Math.floorMod(turn.getAndIncrement(), gates.size()));
        }
        return gates;
    }

    /** Returns how to call a provider that is configured. */
    ProviderCalls calls(PayoutProvider provider) {
        return new ProviderCalls(of(provider));
    }
}
