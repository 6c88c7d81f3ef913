package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.HOLD;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static io.holdfast.db.generated.Tables.POSTING;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.postgres.session.Jooq;
import io.holdfast.payout.PayoutStatus;
import java.math.BigInteger;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * Each payout is exactly one of: held; committed; released; committed and (partly) reversed; released and late-committed.
 * What its status says, its journal entries do.
 */
final class MoneyCheck implements Check {

    private static final int FETCH_SIZE = 1_000;
    private static final int DEBIT = 1;
    private static final int HELD = 1;

    private static final Field<Integer> HOLDS = entries("holds", EntryRole.HOLD);
    private static final Field<Integer> COMMITS = entries("commits", EntryRole.COMMIT);
    private static final Field<Integer> RELEASES = entries("releases", EntryRole.RELEASE);
    private static final Field<Integer> LATES = entries("lates", EntryRole.LATE);
    private static final Field<Integer> REVERSALS = entries("reversals", EntryRole.REVERSAL);
    private static final Field<BigInteger> SPENT =
            postings("spent", EntryRole.COMMIT, POSTING.SIDE.eq((short) DEBIT).and(POSTING.PART.eq((short) HELD)));
    private static final Field<BigInteger> BACK = postings("back", EntryRole.REVERSAL, POSTING.SIDE.eq((short) DEBIT));
    private static final Field<BigInteger> REFUNDED = field(
                    select(coalesce(sum(PAYOUT_ATTEMPT.FEE_REFUNDED), inline(0)).cast(SQLDataType.DECIMAL_INTEGER))
                            .from(PAYOUT_ATTEMPT)
                            .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(PAYOUT.LEDGER_ID))
                            .and(PAYOUT_ATTEMPT.PAYOUT_ID.eq(PAYOUT.PAYOUT_ID)))
            .as("refunded");

    @Override
    public String name() {
        return "payouts-match-journal";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        try (Cursor<? extends Record> payouts = db.select(
                        PAYOUT.PAYOUT_ID,
                        PAYOUT.STATUS,
                        PAYOUT.LATE,
                        PAYOUT.AMOUNT,
                        PAYOUT.FEE,
                        PAYOUT.REVERSED,
                        PAYOUT.ACCOUNT_ID,
                        HOLD.ACCOUNT_ID,
                        HOLD.AMOUNT,
                        HOLD.STATE,
                        HOLDS,
                        COMMITS,
                        RELEASES,
                        LATES,
                        REVERSALS,
                        SPENT,
                        BACK,
                        REFUNDED)
                .from(PAYOUT)
                .leftJoin(PAYOUT_ENTRY)
                .on(
                        PAYOUT_ENTRY.LEDGER_ID.eq(PAYOUT.LEDGER_ID),
                        PAYOUT_ENTRY.PAYOUT_ID.eq(PAYOUT.PAYOUT_ID),
                        PAYOUT_ENTRY.ROLE.eq(EntryRole.HOLD.name()))
                .leftJoin(HOLD)
                .on(HOLD.LEDGER_ID.eq(PAYOUT_ENTRY.LEDGER_ID), HOLD.HOLD_ID.eq(PAYOUT_ENTRY.ENTRY_ID))
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .fetchSize(FETCH_SIZE)
                .fetchLazy()) {
            for (Record payout : payouts) {
                findings.examined(1);
                check(payout, findings);
            }
        }
    }

    private static void check(Record payout, Findings findings) {
        Subject subject = new Subject(payout.get(PAYOUT.PAYOUT_ID), findings);
        BigInteger total = payout.get(PAYOUT.AMOUNT).add(payout.get(PAYOUT.FEE));
        subject.expect("hold entries", 1, payout.get(HOLDS));
        subject.expect("hold account", payout.get(PAYOUT.ACCOUNT_ID), payout.get(HOLD.ACCOUNT_ID));
        subject.expect("hold amount", total, payout.get(HOLD.AMOUNT));
        PayoutStatus status = PayoutStatus.valueOf(payout.get(PAYOUT.STATUS));
        boolean isLate = payout.get(PAYOUT.LATE);
        boolean isPaid = status == PayoutStatus.SUCCEEDED || status == PayoutStatus.REVERSED;
        boolean isCommitted = isPaid && !isLate;
        boolean isReleased = isLate || (!isPaid && !status.isHolding());
        subject.expect("commit entries", isCommitted ? 1 : 0, payout.get(COMMITS));
        subject.expect("release entries", isReleased ? 1 : 0, payout.get(RELEASES));
        subject.expect("late entries", isPaid && isLate ? 1 : 0, payout.get(LATES));
        subject.expect("hold state", holdState(isCommitted, isReleased), payout.get(HOLD.STATE));
        subject.expect("committed amount", isCommitted ? total : BigInteger.ZERO, payout.get(SPENT));
        checkReversals(payout, subject, isPaid);
    }

    private static void checkReversals(Record payout, Subject subject, boolean isPaid) {
        BigInteger reversed = payout.get(PAYOUT.REVERSED);
        BigInteger amounts = payout.get(BACK).subtract(payout.get(REFUNDED));
        boolean isWhole = reversed.equals(payout.get(PAYOUT.AMOUNT));
        boolean isWithOurFee = isWhole && amounts.equals(reversed.add(payout.get(PAYOUT.FEE)));
        if (!isWithOurFee) {
            subject.expect("reversed", amounts, reversed);
        }
        if (!isPaid) {
            subject.expect("reversal entries", 0, payout.get(REVERSALS));
        }
    }

    private static String holdState(boolean isCommitted, boolean isReleased) {
        if (isCommitted) {
            return "COMMITTED";
        }
        return isReleased ? "RELEASED" : "ACTIVE";
    }

    private static Field<Integer> entries(String name, EntryRole role) {
        return field(select(count()).from(PAYOUT_ENTRY.as("e")).where(of(role))).as(name);
    }

    private static Field<BigInteger> postings(String name, EntryRole role, Condition which) {
        return field(select(coalesce(sum(POSTING.AMOUNT), inline(0)).cast(SQLDataType.DECIMAL_INTEGER))
                        .from(PAYOUT_ENTRY.as("e"))
                        .join(POSTING)
                        .on(
                                POSTING.LEDGER_ID.eq(PAYOUT_ENTRY.as("e").LEDGER_ID),
                                POSTING.ENTRY_ID.eq(PAYOUT_ENTRY.as("e").ENTRY_ID))
                        .where(of(role))
                        .and(which))
                .as(name);
    }

    private static Condition of(EntryRole role) {
        return PAYOUT_ENTRY
                .as("e")
                .LEDGER_ID
                .eq(PAYOUT.LEDGER_ID)
                .and(PAYOUT_ENTRY.as("e").PAYOUT_ID.eq(PAYOUT.PAYOUT_ID))
                .and(PAYOUT_ENTRY.as("e").ROLE.eq(role.name()));
    }

    /** A payout being checked. */
    private record Subject(UUID payout, Findings findings) {

        void expect(String what, Object expected, @org.jspecify.annotations.Nullable Object found) {
            Optional<Object> present = Optional.ofNullable(found);
            if (!present.equals(Optional.of(expected))) {
                findings.failed(new Failure(
                        "payout " + payout,
                        what,
                        expected.toString(),
                        present.map(Object::toString).orElse("missing")));
            }
        }
    }
}
