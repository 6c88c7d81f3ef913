package io.holdfast.payout.engine;

import io.holdfast.payout.AttemptState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A payout with all its attempts, as read in one transaction. */
record PayoutSnapshot(Intent intent, Standing standing, List<Attempt> attempts) {

    PayoutSnapshot {
        attempts = List.copyOf(attempts);
    }

    /** Returns the one attempt that is not definitively failed, if there is one. */
    Optional<Attempt> live() {
        return attempts.stream().filter(Attempt::stands).findFirst();
    }

    Optional<Attempt> open() {
        return live().filter(attempt -> attempt.state() == AttemptState.OPEN);
    }

    boolean isDisputed() {
        return attempts.stream().anyMatch(Attempt::isDisputed);
    }

    boolean hasSurplus() {
        return attempts.stream().anyMatch(attempt -> attempt.state() == AttemptState.SURPLUS);
    }

    /** Returns the provider of an attempt, or of the present route if there is no such attempt yet. */
    String provider(int attempt) {
        return attempt <= attempts.size() ? attempt(attempt).provider() : currentRoute();
    }

    Attempt attempt(int number) {
        return attempts.get(number - 1);
    }

    String currentRoute() {
        return intent.routes().get(standing.routeNo() - 1);
    }

    PayoutSnapshot with(Standing replacement) {
        return new PayoutSnapshot(intent, replacement, attempts);
    }

    PayoutSnapshot with(Attempt replacement) {
        List<Attempt> changed = new ArrayList<>(attempts);
        if (replacement.number() > changed.size()) {
            changed.add(replacement);
        } else {
            changed.set(replacement.number() - 1, replacement);
        }
        return new PayoutSnapshot(intent, standing, changed);
    }
}
