package io.holdfast.ledger.postgres;

import io.holdfast.ledger.EntryIds;

/** The parts of one ledger, which its views in transactions and in others' names share. */
record Engine(
        Book book,
        BatchRunner batches,
        GroupCommit groups,
        AccountDesk accounts,
        PeriodDesk periods,
        BalanceReader balances,
        EntryReader entries,
        HoldReader holds) {

    static Engine of(Book book, EntryIds ids, String origin, Session session) {
        BatchRunner batches = new BatchRunner(book, ids, origin);
        GroupCommit groups =
                new GroupCommit(batch -> session.write(db -> batches.run(db, batch, session.seesOnlyCommitted())));
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
