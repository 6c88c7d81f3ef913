package io.holdfast.ledger;

import java.util.List;

/** What became of one command of a batch. */
public sealed interface Result {

    /**
     * Returns the entry that the command became, now or before.
     *
     * @throws RefusedException if a rule said no
     * @throws IllegalStateException if it was a group, which became several entries
     */
    RecordedEntry entryOrThrow();

    /** The command was carried out and became this entry. */
    record Recorded(RecordedEntry entry) implements Result {
        @Override
        public RecordedEntry entryOrThrow() {
            return entry;
        }
    }

    /** The same command was carried out before, under the same key, and became this entry then. */
    record Replayed(RecordedEntry entry) implements Result {
        @Override
        public RecordedEntry entryOrThrow() {
            return entry;
        }
    }

    /** A rule said no; nothing of the command was written. */
    record Refused(Refusal refusal) implements Result {
        @Override
        public RecordedEntry entryOrThrow() {
            throw new RefusedException(refusal);
        }
    }

    /** All commands of a group were carried out, now or before: each is {@link Recorded} or {@link Replayed}. */
    record GroupRecorded(List<Result> results) implements Result {
        public GroupRecorded {
            results = List.copyOf(results);
        }

        @Override
        public RecordedEntry entryOrThrow() {
            throw new IllegalStateException(
                    "A group of " + results.size() + " commands has no single entry: ask each of its results");
        }

        /** Tells whether the whole group was carried out before. */
        public boolean isReplayed() {
            return results.stream().allMatch(Replayed.class::isInstance);
        }
    }

    /** A rule said no to one command of a group; nothing of the group was written. */
    record GroupRefused(int command, Refusal refusal) implements Result {
        @Override
        public RecordedEntry entryOrThrow() {
            throw new RefusedException(refusal);
        }
    }
}
