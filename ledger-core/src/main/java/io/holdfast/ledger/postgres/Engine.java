package io.holdfast.ledger.postgres;

import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.postgres.session.Failures;
import io.holdfast.ledger.postgres.session.GroupWork;
import java.util.List;
import java.util.function.Supplier;

/** The parts of one ledger, which its views in transactions and in others' names share. */
record Engine(
        Book book,
        BatchRunner batches,
        GroupWork<Submission, Result> groups,
        AccountDesk accounts,
        PeriodDesk periods,
        BalanceReader balances,
        EntryReader entries,
        HoldReader holds) {

    private static final int BATCH_MAX = 500;
    private static final int ATTEMPTS_MAX = 8;

    static Engine of(Book book, EntryIds ids, String origin, Session session) {
        BatchRunner batches = new BatchRunner(book, ids, origin);
        GroupWork<Submission, Result> groups = new GroupWork<>(
                BATCH_MAX,
                batch -> undisturbed(() -> session.write(db -> batches.run(db, batch))),
                Failures::isAboutContent);
        return new Engine(
                book,
                batches,
                groups,
                new AccountDesk(book, batches),
                new PeriodDesk(book),
                new BalanceReader(book),
                new EntryReader(book),
                new HoldReader(book));
    }

    /**
     * Keeps an interruption of the leader, which a connection pool heeds, from failing what others asked for. Commands have
     * keys, so that doing them again is safe however far they had come.
     */
    private static List<Result> undisturbed(Supplier<List<Result>> batch) {
        boolean isInterrupted = Thread.interrupted();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return batch.get();
                } catch (RuntimeException failure) {
                    if (attempt == ATTEMPTS_MAX || !Thread.interrupted()) {
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
