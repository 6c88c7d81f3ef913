package io.holdfast.payout.engine;

import io.holdfast.ledger.postgres.session.GroupWork;
import java.util.List;
import java.util.function.Function;

/** How those who come at the same time share a transaction here. */
final class Groups {

    private static final int GROUP_MAX = 200;

    private Groups() {}

    static <I, O> GroupWork<I, O> of(Function<List<I>, List<O>> work) {
        return new GroupWork<>(GROUP_MAX, 1, work);
    }

    /** Begins groups of which one more is prepared while one waits for the disk, or for the float that both change. */
    static <I, O> GroupWork<I, O> overlapping(Function<List<I>, List<O>> work) {
        return new GroupWork<>(GROUP_MAX, 2, work);
    }
}
