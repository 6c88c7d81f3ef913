package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_FEED_DUE;
import static io.holdfast.db.generated.Tables.PAYOUT_FEED_EVENT;
import static io.holdfast.db.generated.Tables.PAYOUT_TRANSITION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lag;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.postgres.session.Jooq;
import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/** Each transition is in the feed once or is due to get there; the numbers have no gap, and each payout's rise with time. */
final class FeedCheck implements Check {

    private static final int FETCH_SIZE = 1_000;

    @Override
    public String name() {
        return "payout-feed-is-whole";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        db.select(
                        count(),
                        coalesce(min(PAYOUT_FEED_EVENT.FEED_NO), inline(1L)),
                        coalesce(max(PAYOUT_FEED_EVENT.FEED_NO), inline(0L)))
                .from(PAYOUT_FEED_EVENT)
                .where(PAYOUT_FEED_EVENT.LEDGER_ID.eq(ledgerId))
                .forEach(row -> {
                    findings.examined(row.value1());
                    if (row.value2() != 1 || row.value3() != (long) row.value1()) {
                        findings.failed(new Failure(
                                "feed", "numbers", "1 to " + row.value1(), row.value2() + " to " + row.value3()));
                    }
                });
        checkPresence(db, ledgerId, findings);
        checkOrder(db, ledgerId, findings);
    }

    private static void checkPresence(DSLContext db, int ledgerId, Findings findings) {
        db.select(PAYOUT_TRANSITION.PAYOUT_ID, PAYOUT_TRANSITION.TRANSITION_NO, PAYOUT_FEED_EVENT.FEED_NO)
                .from(PAYOUT_TRANSITION)
                .leftJoin(PAYOUT_FEED_EVENT)
                .on(
                        PAYOUT_FEED_EVENT.LEDGER_ID.eq(PAYOUT_TRANSITION.LEDGER_ID),
                        PAYOUT_FEED_EVENT.PAYOUT_ID.eq(PAYOUT_TRANSITION.PAYOUT_ID),
                        PAYOUT_FEED_EVENT.TRANSITION_NO.eq(PAYOUT_TRANSITION.TRANSITION_NO))
                .leftJoin(PAYOUT_FEED_DUE)
                .on(
                        PAYOUT_FEED_DUE.LEDGER_ID.eq(PAYOUT_TRANSITION.LEDGER_ID),
                        PAYOUT_FEED_DUE.PAYOUT_ID.eq(PAYOUT_TRANSITION.PAYOUT_ID),
                        PAYOUT_FEED_DUE.TRANSITION_NO.eq(PAYOUT_TRANSITION.TRANSITION_NO))
                .where(PAYOUT_TRANSITION.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_FEED_EVENT.FEED_NO.isNull().eq(PAYOUT_FEED_DUE.TRANSITION_NO.isNull()))
                .fetchSize(FETCH_SIZE)
                .fetchLazy()
                .forEach(row -> findings.failed(new Failure(
                        "transition " + row.value2() + " of payout " + row.value1(),
                        "place in the feed",
                        "numbered or due",
                        row.value3() == null ? "neither" : "both")));
    }

    private static void checkOrder(DSLContext db, int ledgerId, Findings findings) {
        Field<Integer> before = lag(PAYOUT_FEED_EVENT.TRANSITION_NO)
                .over()
                .partitionBy(PAYOUT_FEED_EVENT.PAYOUT_ID)
                .orderBy(PAYOUT_FEED_EVENT.FEED_NO)
                .as("before");
        Table<?> ordered = select(PAYOUT_FEED_EVENT.PAYOUT_ID, PAYOUT_FEED_EVENT.TRANSITION_NO, before)
                .from(PAYOUT_FEED_EVENT)
                .where(PAYOUT_FEED_EVENT.LEDGER_ID.eq(ledgerId))
                .asTable("ordered");
        Field<Integer> number = ordered.field(PAYOUT_FEED_EVENT.TRANSITION_NO);
        Field<Integer> previous = coalesce(ordered.field(before), inline(0));
        db.select(ordered.field(PAYOUT_FEED_EVENT.PAYOUT_ID), previous, number)
                .from(ordered)
                .where(number.ne(previous.plus(1)))
                .fetchSize(FETCH_SIZE)
                .fetchLazy()
                .forEach(row -> findings.failed(new Failure(
                        "payout " + row.value1(),
                        "transition in the feed after " + row.value2(),
                        String.valueOf(row.value2() + 1),
                        row.value3().toString())));
    }
}
