package io.holdfast.payout.engine;

/** What reads and writes the rows of one ledger's payouts. */
record Stores(
        int ledgerId,
        SnapshotReader reader,
        AccountStore accounts,
        PayoutStore payouts,
        HistoryStore history,
        PeopleStore people,
        WebhookStore webhooks,
        UsageStore usage,
        BreakerStore breakers,
        QuoteStore quotes,
        StatementStore statements,
        MovementStore movements,
        BookedStore booked,
        EnvironmentStore environments) {

    static Stores of(int ledgerId) {
        AccountStore accounts = new AccountStore(ledgerId);
        return new Stores(
                ledgerId,
                new SnapshotReader(ledgerId, accounts),
                accounts,
                new PayoutStore(ledgerId),
                new HistoryStore(ledgerId),
                new PeopleStore(ledgerId),
                new WebhookStore(ledgerId),
                new UsageStore(ledgerId),
                new BreakerStore(ledgerId),
                new QuoteStore(ledgerId),
                new StatementStore(ledgerId),
                new MovementStore(ledgerId),
                new BookedStore(ledgerId),
                new EnvironmentStore(ledgerId));
    }
}
