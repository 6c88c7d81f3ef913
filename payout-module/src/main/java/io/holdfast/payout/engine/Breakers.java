package io.holdfast.payout.engine;

import io.holdfast.payout.BrokenProvider;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what does not get through to providers, and records, for every node to see, which of them are broken. Only
 * first sends are counted, and only first sends are held back: those of which nothing sent before can have arrived. Safe
 * for use by any number of threads.
 */
final class Breakers {

    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
    private static final Set<FailureReason> PROVIDER_IS_DOWN =
            Set.of(FailureReason.PROVIDER_UNAVAILABLE, FailureReason.PROVIDER_DISABLED);

    private final Desk desk;
    private final CircuitBreaker breaker;
    private final Map<String, Integer> failuresInRow = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    Breakers(Desk desk) {
        this.desk = desk;
        this.breaker = desk.settings().breaker();
    }

    /** Notes which providers are known to be broken, by whichever node. */
    void know(Collection<String> providers) {
        broken.retainAll(providers);
        broken.addAll(providers);
    }

    /** Heeds what became of a first send, or that the call before one was refused. */
    void heed(String provider, Outcome outcome) {
        if (!breaker.isOn() || outcome instanceof Outcome.NotExecuted) {
            return;
        }
        if (hasFailed(outcome)) {
            heedFailure(provider, outcome.code().name());
        } else {
            failuresInRow.remove(provider);
            if (broken.remove(provider)) {
                LOG.info("Provider {} works again", provider);
                desk.session().write(transaction -> desk.stores().breakers().close(transaction.db(), provider));
            }
        }
    }

    /** Heeds that the call before a first send did not get through. */
    void heedFailure(String provider, String what) {
        if (!breaker.isOn() || failuresInRow.merge(provider, 1, Integer::sum) < breaker.failures()) {
            return;
        }
        if (broken.add(provider)) {
            String detail = breaker.failures() + " first sends in a row did not get through, the last: " + what;
            LOG.warn("Provider {} is sent nothing new: {}", provider, detail);
            desk.session().write(transaction -> {
                Instant now = desk.clock().now(transaction.db());
                BrokenProvider open = new BrokenProvider(provider, now, now.plus(breaker.pauseAfter(0)), 0, detail);
                desk.stores().breakers().open(transaction.db(), open);
                return open;
            });
        }
    }

    private static boolean hasFailed(Outcome outcome) {
        return outcome instanceof Outcome.NotSent
                || outcome instanceof Outcome.Unknown
                || (outcome instanceof Outcome.Rejected rejected && PROVIDER_IS_DOWN.contains(rejected.reason()));
    }
}
