package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_REFERENCE;
import static io.holdfast.db.generated.Tables.PAYOUT_SURPLUS;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.postgres.session.Jooq;
import io.holdfast.payout.AttemptState;
import java.math.BigInteger;
import java.sql.Connection;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Nothing that a payout has booked of a provider's reference stands in suspense as nobody's beside it: the float has it once. */
final class MovementCheck implements Check {

    private static final Field<String> PROVIDER = DSL.jsonbGetAttributeAsText(JOURNAL_ENTRY.METADATA, "provider");
    private static final Field<String> REFERENCE = DSL.jsonbGetAttributeAsText(JOURNAL_ENTRY.METADATA, "reference");

    @Override
    public String name() {
        return "payout-movements-explained";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        MovementStore movements = new MovementStore(ledgerId);
        Condition ours = JOURNAL_ENTRY
                .LEDGER_ID
                .eq(ledgerId)
                .and(JOURNAL_ENTRY.KEY.startsWith(Movements.PREFIX))
                .and(JOURNAL_ENTRY.REVERSES.isNull());
        findings.examined(db.fetchCount(JOURNAL_ENTRY, ours));
        Condition settles = PAYOUT_ATTEMPT
                .STATE
                .eq(AttemptState.SETTLED.name())
                .and(PAYOUT_ATTEMPT.PROVIDER_REFERENCE.eq(PAYOUT_REFERENCE.REFERENCE));
        Condition isSurplus = DSL.exists(DSL.selectOne()
                .from(PAYOUT_SURPLUS)
                .where(PAYOUT_SURPLUS.LEDGER_ID.eq(PAYOUT_REFERENCE.LEDGER_ID))
                .and(PAYOUT_SURPLUS.PROVIDER.eq(PAYOUT_REFERENCE.PROVIDER))
                .and(PAYOUT_SURPLUS.REFERENCE.eq(PAYOUT_REFERENCE.REFERENCE)));
        db.select(JOURNAL_ENTRY.ENTRY_ID, PAYOUT_REFERENCE.REFERENCE, PAYOUT_REFERENCE.PAYOUT_ID)
                .from(JOURNAL_ENTRY)
                .join(PAYOUT_REFERENCE)
                .on(
                        PAYOUT_REFERENCE.LEDGER_ID.eq(JOURNAL_ENTRY.LEDGER_ID),
                        PAYOUT_REFERENCE.PROVIDER.eq(PROVIDER),
                        PAYOUT_REFERENCE.REFERENCE.eq(REFERENCE))
                .join(PAYOUT_ATTEMPT)
                .on(
                        PAYOUT_ATTEMPT.LEDGER_ID.eq(PAYOUT_REFERENCE.LEDGER_ID),
                        PAYOUT_ATTEMPT.PAYOUT_ID.eq(PAYOUT_REFERENCE.PAYOUT_ID),
                        PAYOUT_ATTEMPT.ATTEMPT_NO.eq(PAYOUT_REFERENCE.ATTEMPT_NO))
                .where(ours)
                .and(settles.or(isSurplus))
                .forEach(row -> {
                    BigInteger left = movements.left(db, row.value1());
                    if (left.signum() != 0) {
                        findings.failed(new Failure(
                                "entry " + row.value1(),
                                "left in suspense of " + row.value2() + ", which payout " + row.value3()
                                        + " has booked",
                                "0",
                                left.toString()));
                    }
                });
    }
}
