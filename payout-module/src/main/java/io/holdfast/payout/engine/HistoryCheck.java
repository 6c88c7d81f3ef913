package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_TRANSITION;
import static org.jooq.impl.DSL.arrayGet;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lag;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.postgres.session.Jooq;
import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The transitions of each payout are numbered without gaps, each begins where the one before it ended, and the last is now. */
final class HistoryCheck implements Check {

    private static final Name BEFORE = DSL.name("before");
    private static final int FETCH_SIZE = 1_000;

    @Override
    public String name() {
        return "payout-transitions-are-whole";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        findings.examined(db.fetchCount(PAYOUT_TRANSITION, PAYOUT_TRANSITION.LEDGER_ID.eq(ledgerId)));
        checkEnds(db, ledgerId, findings);
        checkLinks(db, ledgerId, findings);
        checkRoutes(db, ledgerId, findings);
    }

    private static void checkEnds(DSLContext db, int ledgerId, Findings findings) {
        Table<?> counted = select(
                        PAYOUT_TRANSITION.PAYOUT_ID,
                        count().as("many"),
                        max(PAYOUT_TRANSITION.TRANSITION_NO).as("last"))
                .from(PAYOUT_TRANSITION)
                .where(PAYOUT_TRANSITION.LEDGER_ID.eq(ledgerId))
                .groupBy(PAYOUT_TRANSITION.PAYOUT_ID)
                .asTable("counted");
        Field<Integer> many = coalesce(counted.field("many", Integer.class), inline(0));
        Field<Integer> last = coalesce(counted.field("last", Integer.class), inline(0));
        db.select(PAYOUT.PAYOUT_ID, PAYOUT.TRANSITIONS, many, last)
                .from(PAYOUT)
                .leftJoin(counted)
                .on(PAYOUT.PAYOUT_ID.eq(counted.field(PAYOUT_TRANSITION.PAYOUT_ID)))
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT.TRANSITIONS.ne(many).or(PAYOUT.TRANSITIONS.ne(last)))
                .fetchSize(FETCH_SIZE)
                .fetchLazy()
                .forEach(row -> findings.failed(new Failure(
                        "payout " + row.value1(),
                        "transitions",
                        row.value3() + " up to number " + row.value4(),
                        row.value2().toString())));
    }

    private static void checkLinks(DSLContext db, int ledgerId, Findings findings) {
        Field<String> before = coalesce(
                        lag(PAYOUT_TRANSITION.TO_STATUS)
                                .over()
                                .partitionBy(PAYOUT_TRANSITION.PAYOUT_ID)
                                .orderBy(PAYOUT_TRANSITION.TRANSITION_NO),
                        inline("none"))
                .as(BEFORE);
        Table<?> links = select(
                        PAYOUT_TRANSITION.PAYOUT_ID,
                        PAYOUT_TRANSITION.TRANSITION_NO,
                        coalesce(PAYOUT_TRANSITION.FROM_STATUS, inline("none")).as("from"),
                        PAYOUT_TRANSITION.TO_STATUS,
                        before)
                .from(PAYOUT_TRANSITION)
                .where(PAYOUT_TRANSITION.LEDGER_ID.eq(ledgerId))
                .asTable("links");
        Field<String> from = links.field("from", String.class);
        Field<String> ended = links.field(BEFORE).coerce(String.class);
        db.select(PAYOUT.PAYOUT_ID, links.field(PAYOUT_TRANSITION.TRANSITION_NO), ended, from)
                .from(links)
                .join(PAYOUT)
                .on(PAYOUT.LEDGER_ID.eq(ledgerId), PAYOUT.PAYOUT_ID.eq(links.field(PAYOUT_TRANSITION.PAYOUT_ID)))
                .where(from.ne(ended))
                .fetchSize(FETCH_SIZE)
                .fetchLazy()
                .forEach(row -> findings.failed(new Failure(
                        "transition " + row.value2() + " of payout " + row.value1(),
                        "from_status",
                        row.value3(),
                        row.value4())));
        db.select(PAYOUT.PAYOUT_ID, PAYOUT_TRANSITION.TO_STATUS, PAYOUT.STATUS)
                .from(PAYOUT)
                .join(PAYOUT_TRANSITION)
                .on(
                        PAYOUT_TRANSITION.LEDGER_ID.eq(PAYOUT.LEDGER_ID),
                        PAYOUT_TRANSITION.PAYOUT_ID.eq(PAYOUT.PAYOUT_ID),
                        PAYOUT_TRANSITION.TRANSITION_NO.eq(PAYOUT.TRANSITIONS))
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_TRANSITION.TO_STATUS.ne(PAYOUT.STATUS))
                .forEach(row ->
                        findings.failed(new Failure("payout " + row.value1(), "status", row.value2(), row.value3())));
    }

    private static void checkRoutes(DSLContext db, int ledgerId, Findings findings) {
        Field<String> route = coalesce(arrayGet(PAYOUT.ROUTES, PAYOUT.ROUTE_NO), inline("none"));
        db.select(PAYOUT.PAYOUT_ID, route, PAYOUT.ROUTE)
                .from(PAYOUT)
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT.ROUTE.ne(route))
                .fetchSize(FETCH_SIZE)
                .fetchLazy()
                .forEach(row ->
                        findings.failed(new Failure("payout " + row.value1(), "route", row.value2(), row.value3())));
    }
}
