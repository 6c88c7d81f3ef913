package io.holdfast.ledger.postgres.session;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Lets those who come at the same time share one transaction, without a thread of its own: one of them does the work of all.
 *
 * <p>Nobody fails, or waits for long, because of what another brought. A group that fails for what may be at fault in one of
 * them is done again by each for itself. So is one that has waited for a second for what somebody else has locked; those that
 * wait for it still after a moment then wait together, apart from the others, for as long as the data source's {@code
 * lock_timeout} says. Safe for use by any number of threads.
 *
 * @param <I> what is brought
 * @param <O> what comes of it
 */
public final class GroupWork<I, O> {

    /** How long a group waits for what somebody else has locked: what other groups lock is free again long before. */
    private static final Duration PATIENCE_OF_GROUP = Duration.ofSeconds(1);

    /** For which part of that one that was in such a group waits by itself, before it waits apart. */
    private static final int PATIENCE_PART_OF_ONE = 4;

    /** How often work is done at most that an interruption of its leader breaks off. */
    private static final int TRIES_MAX = 8;

    private final Function<List<I>, List<O>> work;
    private final Duration patience;
    private final Lane<I, O> together;
    private final Lane<I, O> heldUp;

    /**
     * Begins with work that, done wholly or not at all, returns what came of each thing brought, in order. Doing it again is
     * safe however far it had come: it is, if the leader is interrupted, and if one of a group may be at fault for its failure.
     *
     * @param groupMax how many share one transaction at most
     * @param groupsAtOnce how many transactions there are at most at a time, those not counted that take more than a second:
     *     more than one where what is brought seldom waits for the same locks, or only late in the work
     * @param work does what it writes by {@link Transactions}
     */
    public GroupWork(int groupMax, int groupsAtOnce, Function<List<I>, List<O>> work) {
        this(groupMax, groupsAtOnce, work, PATIENCE_OF_GROUP);
    }

    /** Begins with another patience than the second. */
    GroupWork(int groupMax, int groupsAtOnce, Function<List<I>, List<O>> work, Duration patience) {
        this.work = work;
        this.patience = patience;
        this.together = new Lane<>(
                groupMax,
                groupsAtOnce,
                (brought, isBesideOther) -> brought.size() > 1 || isBesideOther
                        ? LockPatience.during(patience, () -> undisturbed(brought))
                        : undisturbed(brought),
                patience);
        this.heldUp = new Lane<>(groupMax, 1, (brought, isBesideOther) -> undisturbed(brought), patience);
    }

    /**
     * Returns what came of it. Waits without heeding interruption, because the work may be done meanwhile.
     *
     * @throws RuntimeException what the work threw
     */
    public O submit(I brought) {
        Lane.Outcome<O> outcome = together.submit(brought);
        if (mayBeOfAnother(outcome)) {
            outcome = Lane.Outcome.of(() ->
                    LockPatience.during(patience.dividedBy(PATIENCE_PART_OF_ONE), () -> undisturbed(List.of(brought))));
        }
        if (outcome.failure() instanceof LockPatience.Over) {
            outcome = heldUp.submit(brought);
            if (mayBeOfAnother(outcome)) {
                outcome = Lane.Outcome.of(() -> undisturbed(List.of(brought)));
            }
        }
        return outcome.orElseThrow();
    }

    private static boolean mayBeOfAnother(Lane.Outcome<?> outcome) {
        RuntimeException failure = outcome.failure();
        return failure != null
                && outcome.isShared()
                && (failure instanceof LockPatience.Over || Failures.isAboutContent(failure));
    }

    /** Keeps an interruption of the leader, which a pool of connections heeds, from failing what others brought. */
    private List<O> undisturbed(List<I> brought) {
        boolean isInterrupted = Thread.interrupted();
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return work.apply(brought);
                } catch (RuntimeException failure) {
                    if (tries == TRIES_MAX || !Thread.interrupted()) {
                        throw failure;
                    }
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
