package io.holdfast.payout.engine;

import io.holdfast.payout.Processing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** When a payout is looked at next. Waits are shortened by up to a fifth, differently for each payout, so that they spread. */
final class Schedule {

    private static final Duration REVIEW_POLL = Duration.ofDays(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(15);
    private static final int JITTER_PARTS = 5;
    private static final int JITTER_STEPS = 1_000;

    private final Processing processing;

    Schedule(Processing processing) {
        this.processing = processing;
    }

    /** Returns when to ask about a payout that was asked about so often already. */
    Instant poll(UUID payout, int asked, Instant now) {
        return now.plus(spread(payout, asked, step(asked)));
    }

    /** Returns when to try sending again what was tried so often already and certainly not carried out. */
    Instant retry(UUID payout, int tried, Instant now) {
        Duration wait = step(tried);
        return now.plus(spread(payout, tried, wait.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : wait));
    }

    /** Returns when to ask about a payout that is in review. */
    Instant review(UUID payout, int asked, Instant now) {
        return now.plus(spread(payout, asked, REVIEW_POLL));
    }

    /** Returns when to ask again about a payout that has ended, however often it was asked about since; absent if it is enough. */
    Optional<Instant> afterEnd(Instant end, Instant now) {
        return processing.pollsAfterEnd().stream()
                .map(end::plus)
                .filter(now::isBefore)
                .findFirst();
    }

    private Duration step(int number) {
        return processing.polls().get(Math.min(number, processing.polls().size() - 1));
    }

    private static Duration spread(UUID payout, int number, Duration wait) {
        int step = Math.floorMod(payout.hashCode() * 31 + number, JITTER_STEPS);
        return wait.minus(wait.multipliedBy(step).dividedBy((long) JITTER_PARTS * JITTER_STEPS));
    }
}
