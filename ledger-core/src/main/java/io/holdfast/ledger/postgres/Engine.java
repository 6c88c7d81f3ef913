package io.holdfast.ledger.postgres;

import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.postgres.session.GroupWork;

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

    static Engine of(Book book, EntryIds ids, String origin, Session session) {
        BatchRunner batches = new BatchRunner(book, ids, origin);
        GroupWork<Submission, Result> groups =
                new GroupWork<>(BATCH_MAX, 1, batch -> session.write(db -> batches.run(db, batch)));
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
}
