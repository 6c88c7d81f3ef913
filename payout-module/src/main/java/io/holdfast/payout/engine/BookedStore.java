package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_SURPLUS;
import static io.holdfast.db.generated.Tables.POSTING;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.holdfast.db.generated.tables.Posting;
import io.holdfast.ledger.Details;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * Reads on which accounts payouts were booked: what ends there later has to end there, though another account is configured
 * by then.
 */
final class BookedStore {

    private static final short DEBIT = 1;
    private static final short CREDIT = -1;
    private static final short FIRST = 1;
    private static final Field<BigInteger> LEFT =
            sum(POSTING.AMOUNT.mul(POSTING.SIDE)).cast(SQLDataType.DECIMAL_INTEGER);

    private final int ledgerId;

    BookedStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** So much on an account, in its currency's smallest unit. */
    record Booked(String path, BigInteger minor) {}

    /** Returns the details of an entry that books on a path what ends there of that which an entry of a role had booked elsewhere. */
    static Details standingFor(Details details, EntryRole role, String path) {
        return details.metadata(role.name(), path);
    }

    /**
     * Returns what a payout's entries, all together, leave on the account that the one of a role names in its first line, and on
     * those that stand for it because it is closed: debits counted up, and only what is above zero.
     */
    Optional<Booked> left(DSLContext db, UUID payout, EntryRole role) {
        Posting first = POSTING.as("first");
        Condition isFirst = POSTING.ACCOUNT_ID.in(select(first.ACCOUNT_ID)
                .from(PAYOUT_ENTRY)
                .join(first)
                .on(first.LEDGER_ID.eq(PAYOUT_ENTRY.LEDGER_ID), first.ENTRY_ID.eq(PAYOUT_ENTRY.ENTRY_ID))
                .where(of(payout))
                .and(PAYOUT_ENTRY.ROLE.eq(role.name()))
                .and(first.LINE.eq(FIRST)));
        Field<String> standing = jsonbGetAttributeAsText(JOURNAL_ENTRY.METADATA, role.name());
        return db.select(min(ACCOUNT.PATH).filterWhere(isFirst), LEFT)
                .from(PAYOUT_ENTRY)
                .join(JOURNAL_ENTRY)
                .on(
                        JOURNAL_ENTRY.LEDGER_ID.eq(PAYOUT_ENTRY.LEDGER_ID),
                        JOURNAL_ENTRY.ENTRY_ID.eq(PAYOUT_ENTRY.ENTRY_ID))
                .join(POSTING)
                .on(POSTING.LEDGER_ID.eq(PAYOUT_ENTRY.LEDGER_ID), POSTING.ENTRY_ID.eq(PAYOUT_ENTRY.ENTRY_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(POSTING.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(POSTING.ACCOUNT_ID))
                .where(of(payout))
                .and(isFirst.or(ACCOUNT.PATH.eq(standing)))
                .having(LEFT.gt(BigInteger.ZERO))
                .fetchOptional(row -> new Booked(row.value1(), row.value2()));
    }

    /** Returns who got which share of our fee, as far as the entry that paid says: after what paid come the shares. */
    List<Booked> feeShares(DSLContext db, UUID payout, BigInteger fee) {
        List<Booked> credits = db.select(ACCOUNT.PATH, POSTING.AMOUNT)
                .from(PAYOUT_ENTRY)
                .join(POSTING)
                .on(POSTING.LEDGER_ID.eq(PAYOUT_ENTRY.LEDGER_ID), POSTING.ENTRY_ID.eq(PAYOUT_ENTRY.ENTRY_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(POSTING.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(POSTING.ACCOUNT_ID))
                .where(of(payout))
                .and(PAYOUT_ENTRY.ROLE.in(EntryRole.COMMIT.name(), EntryRole.LATE.name()))
                .and(POSTING.SIDE.eq(CREDIT))
                .orderBy(POSTING.LINE)
                .fetch(row -> new Booked(row.value1(), row.value2()));
        List<Booked> shares = new ArrayList<>();
        BigInteger left = fee;
        for (Booked credit : credits.subList(1, credits.size())) {
            if (left.signum() > 0) {
                shares.add(credit);
                left = left.subtract(credit.minor());
            }
        }
        return shares;
    }

    /** Returns where and how much was put in suspense of a payout's payment under a reference. */
    Optional<Booked> suspended(DSLContext db, String provider, String reference) {
        return db.select(ACCOUNT.PATH, POSTING.AMOUNT)
                .from(PAYOUT_SURPLUS)
                .join(POSTING)
                .on(
                        POSTING.LEDGER_ID.eq(PAYOUT_SURPLUS.LEDGER_ID),
                        POSTING.ENTRY_ID.eq(PAYOUT_SURPLUS.ENTRY_ID),
                        POSTING.SIDE.eq(DEBIT))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(POSTING.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(POSTING.ACCOUNT_ID))
                .where(PAYOUT_SURPLUS.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_SURPLUS.PROVIDER.eq(provider))
                .and(PAYOUT_SURPLUS.REFERENCE.eq(reference))
                .fetchOptional(row -> new Booked(row.value1(), row.value2()));
    }

    private Condition of(UUID payout) {
        return PAYOUT_ENTRY.LEDGER_ID.eq(ledgerId).and(PAYOUT_ENTRY.PAYOUT_ID.eq(payout));
    }
}
