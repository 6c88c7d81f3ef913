package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_FEED;
import static io.holdfast.db.generated.Tables.PAYOUT_FEED_CONSUMER;
import static io.holdfast.db.generated.Tables.PAYOUT_TRANSITION;
import static org.jooq.impl.DSL.max;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.PayoutFeedAfter;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.payout.PayoutEvent;
import io.holdfast.payout.PayoutFeed;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** The feed of one ledger's transitions. */
final class Feed implements PayoutFeed {

    /** How many transitions get their number in one transaction, and how often at most in one go. */
    private static final int BATCH = 1_000;

    private static final int BATCHES_MAX = 10;

    private final int ledgerId;
    private final Session session;
    private final EngineClock clock;
    private final Ledger ledger;

    Feed(int ledgerId, Session session, EngineClock clock, Ledger ledger) {
        this.ledgerId = ledgerId;
        this.session = session;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** Gives numbers to what has none and is committed. */
    void number() {
        int numbered = BATCH;
        for (int batch = 1; batch <= BATCHES_MAX && numbered >= BATCH; batch++) {
            numbered = session.write(
                    transaction -> Routines.numberPayoutFeed(transaction.db().configuration(), ledgerId, BATCH));
        }
    }

    @Override
    public PayoutFeed within(Connection connection) {
        return new Feed(ledgerId, new HostSession(connection, ledger), clock, ledger);
    }

    @Override
    public List<PayoutEvent> after(long offset, int limit) {
        if (offset < 0 || limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("Up to " + limit + " events after " + offset + ": the limit is 1 to "
                    + LIMIT_MAX + ", the offset 0 or more");
        }
        return session.read(db -> {
            PayoutFeedAfter numbered = Routines.payoutFeedAfter(ledgerId, offset, limit);
            return db.select(PAYOUT_TRANSITION.fields())
                    .select(numbered.FEED_NO, PAYOUT.KEY)
                    .from(numbered)
                    .join(PAYOUT_TRANSITION)
                    .on(
                            PAYOUT_TRANSITION.LEDGER_ID.eq(ledgerId),
                            PAYOUT_TRANSITION.PAYOUT_ID.eq(numbered.PAYOUT_ID),
                            PAYOUT_TRANSITION.TRANSITION_NO.eq(numbered.TRANSITION_NO))
                    .join(PAYOUT)
                    .on(PAYOUT.LEDGER_ID.eq(ledgerId), PAYOUT.PAYOUT_ID.eq(numbered.PAYOUT_ID))
                    .orderBy(numbered.FEED_NO)
                    .fetch(row -> new PayoutEvent(
                            row.get(numbered.FEED_NO),
                            row.get(PAYOUT_TRANSITION.PAYOUT_ID),
                            new Key(row.get(PAYOUT.KEY)),
                            HistoryStore.transition(row)));
        });
    }

    @Override
    public long offset(String consumer) {
        checkName(consumer);
        if (session.isHosts()) {
            return session.write(transaction -> lockedOffset(transaction.db(), consumer));
        }
        return session.read(db -> db.select(PAYOUT_FEED_CONSUMER.OFFSET_NO)
                .from(PAYOUT_FEED_CONSUMER)
                .where(PAYOUT_FEED_CONSUMER.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_FEED_CONSUMER.CONSUMER.eq(consumer))
                .fetchOptional(PAYOUT_FEED_CONSUMER.OFFSET_NO)
                .orElse(0L));
    }

    /** Returns the offset that nobody else changes before the host's transaction ends; it begins with 0. */
    private long lockedOffset(DSLContext db, String consumer) {
        return db.insertInto(PAYOUT_FEED_CONSUMER)
                .set(PAYOUT_FEED_CONSUMER.LEDGER_ID, ledgerId)
                .set(PAYOUT_FEED_CONSUMER.CONSUMER, consumer)
                .set(PAYOUT_FEED_CONSUMER.OFFSET_NO, 0L)
                .set(PAYOUT_FEED_CONSUMER.UPDATED_AT, clock.now(db))
                .onConflict(PAYOUT_FEED_CONSUMER.LEDGER_ID, PAYOUT_FEED_CONSUMER.CONSUMER)
                .doUpdate()
                .set(PAYOUT_FEED_CONSUMER.OFFSET_NO, PAYOUT_FEED_CONSUMER.OFFSET_NO)
                .returningResult(PAYOUT_FEED_CONSUMER.OFFSET_NO)
                .fetchSingle()
                .value1();
    }

    @Override
    public void advance(String consumer, long offset) {
        checkName(consumer);
        session.write(transaction -> {
            DSLContext db = transaction.db();
            long last = last(db);
            if (offset < 0 || offset > last) {
                throw new IllegalArgumentException(
                        "Offset " + offset + " of consumer \"" + consumer + "\": the feed goes from 0 to " + last);
            }
            Instant now = clock.now(db);
            return db.insertInto(PAYOUT_FEED_CONSUMER)
                    .set(PAYOUT_FEED_CONSUMER.LEDGER_ID, ledgerId)
                    .set(PAYOUT_FEED_CONSUMER.CONSUMER, consumer)
                    .set(PAYOUT_FEED_CONSUMER.OFFSET_NO, offset)
                    .set(PAYOUT_FEED_CONSUMER.UPDATED_AT, now)
                    .onConflict(PAYOUT_FEED_CONSUMER.LEDGER_ID, PAYOUT_FEED_CONSUMER.CONSUMER)
                    .doUpdate()
                    .set(PAYOUT_FEED_CONSUMER.OFFSET_NO, offset)
                    .set(PAYOUT_FEED_CONSUMER.UPDATED_AT, now)
                    .execute();
        });
    }

    private long last(DSLContext db) {
        return db.select(max(PAYOUT_FEED.LAST_NO))
                .from(PAYOUT_FEED)
                .where(PAYOUT_FEED.LEDGER_ID.eq(ledgerId))
                .fetchOptional(row -> row.value1())
                .orElse(0L);
    }

    private static void checkName(String consumer) {
        if (consumer.isBlank() || consumer.length() > CONSUMER_MAX || !Keepable.is(consumer)) {
            throw new IllegalArgumentException("A consumer's name of " + consumer.length() + " characters: it has 1 to "
                    + CONSUMER_MAX + " characters" + Keepable.RULE);
        }
    }
}
