package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.BALANCE;
import static io.holdfast.db.generated.Tables.HOLD;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.POSTING;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.Statement;
import io.holdfast.ledger.Times;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;

/** Reads balances and statements. */
final class BalanceReader {

    private static final short AVAILABLE = 0;
    private static final short HELD = 1;

    private final Book book;

    BalanceReader(Book book) {
        this.book = book;
    }

    /** Returns what an account has now; what an expired hold still holds counts as available. */
    Balance now(DSLContext db, Account account) {
        Field<BigDecimal> expired = select(coalesce(sum(HOLD.REMAINING), BigDecimal.ZERO))
                .from(HOLD)
                .where(HOLD.LEDGER_ID.eq(BALANCE.LEDGER_ID), HOLD.ACCOUNT_ID.eq(BALANCE.ACCOUNT_ID))
                .and(HOLD.STATE.eq(inline(HoldState.ACTIVE.name())))
                .and(HOLD.EXPIRES_AT.le(select(book.now())))
                .asField("expired");
        Record row = db.select(BALANCE.AVAILABLE, BALANCE.HELD, expired)
                .from(ACCOUNT)
                .join(BALANCE)
                .on(BALANCE.LEDGER_ID.eq(ACCOUNT.LEDGER_ID), BALANCE.ACCOUNT_ID.eq(ACCOUNT.ACCOUNT_ID))
                .where(named(account))
                .fetchOptional()
                .orElseThrow(() -> notFound(account));
        BigInteger overdue = row.get(expired).toBigIntegerExact();
        return balance(
                account,
                row.get(BALANCE.AVAILABLE).add(overdue),
                row.get(BALANCE.HELD).subtract(overdue));
    }

    /** Returns what an account had, from its postings alone. */
    Balance asOf(DSLContext db, Account account, AsOf asOf) {
        Condition until = asOf.effective().map(POSTING.EFFECTIVE_ON::le).orElseGet(org.jooq.impl.DSL::trueCondition);
        return sums(db, account, accountId(db, account), recordedBy(asOf).and(until));
    }

    Statement statement(DSLContext db, Account account, LocalDate from, LocalDate to, AsOf asOf) {
        Times.check("A statement from", from);
        Times.check("A statement to", to);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A statement from " + from + " to " + to + " ends before it begins");
        }
        long id = accountId(db, account);
        Balance opening = sums(db, account, id, recordedBy(asOf).and(POSTING.EFFECTIVE_ON.lt(from)));
        Balance balance = opening;
        List<Statement.Line> lines = new ArrayList<>();
        for (Record row : lines(db, id, recordedBy(asOf).and(POSTING.EFFECTIVE_ON.between(from, to)))) {
            Posting posting = EntryReader.posting(
                    account,
                    row.get(POSTING.SIDE),
                    row.get(POSTING.PART),
                    row.get(POSTING.AMOUNT),
                    row.get(POSTING.DESCRIPTION));
            balance = after(balance, posting);
            lines.add(line(row, posting, balance));
        }
        if (lines.size() > Statement.LINES_MAX) {
            throw new IllegalArgumentException("The statement of " + account + " from " + from + " to " + to
                    + " has more than " + Statement.LINES_MAX + " lines; ask for fewer days at a time");
        }
        return new Statement(account, from, to, opening, lines, balance);
    }

    private Result<? extends Record> lines(DSLContext db, long id, Condition condition) {
        return db.select(POSTING.SIDE, POSTING.PART, POSTING.AMOUNT, POSTING.DESCRIPTION, POSTING.EFFECTIVE_ON)
                .select(JOURNAL_ENTRY.ENTRY_ID, JOURNAL_ENTRY.KEY, JOURNAL_ENTRY.KIND, JOURNAL_ENTRY.RECORDED_AT)
                .select(JOURNAL_ENTRY.DESCRIPTION.as("entry_description"))
                .from(POSTING)
                .join(JOURNAL_ENTRY)
                .on(JOURNAL_ENTRY.LEDGER_ID.eq(POSTING.LEDGER_ID), JOURNAL_ENTRY.ENTRY_ID.eq(POSTING.ENTRY_ID))
                .where(POSTING.LEDGER_ID.eq(book.id()), POSTING.ACCOUNT_ID.eq(id))
                .and(condition)
                .orderBy(POSTING.EFFECTIVE_ON, POSTING.ACCOUNT_SEQ)
                .limit(Statement.LINES_MAX + 1)
                .fetch();
    }

    private Balance sums(DSLContext db, Account account, long id, Condition condition) {
        int normal = account.normalSide() == Side.DEBIT ? 1 : -1;
        Field<BigInteger> effect = POSTING.AMOUNT.times(POSTING.SIDE).times(inline(normal));
        Field<BigDecimal> available = coalesce(sum(effect).filterWhere(POSTING.PART.eq(AVAILABLE)), BigDecimal.ZERO);
        Field<BigDecimal> held = coalesce(sum(effect).filterWhere(POSTING.PART.eq(HELD)), BigDecimal.ZERO);
        Record row = db.select(available, held)
                .from(POSTING)
                .join(JOURNAL_ENTRY)
                .on(JOURNAL_ENTRY.LEDGER_ID.eq(POSTING.LEDGER_ID), JOURNAL_ENTRY.ENTRY_ID.eq(POSTING.ENTRY_ID))
                .where(POSTING.LEDGER_ID.eq(book.id()), POSTING.ACCOUNT_ID.eq(id))
                .and(condition)
                .fetchSingle();
        return balance(
                account, row.get(available).toBigIntegerExact(), row.get(held).toBigIntegerExact());
    }

    private static Condition recordedBy(AsOf asOf) {
        return asOf.recordedBy().map(JOURNAL_ENTRY.RECORDED_AT::le).orElseGet(org.jooq.impl.DSL::trueCondition);
    }

    private static Balance after(Balance before, Posting posting) {
        BigInteger effect = posting.effect().minor();
        BigInteger available = before.available().minor();
        BigInteger held = before.held().minor();
        return posting.part() == Part.AVAILABLE
                ? balance(before.account(), available.add(effect), held)
                : balance(before.account(), available, held.add(effect));
    }

    private static Statement.Line line(Record row, Posting posting, Balance balance) {
        String ofEntry = row.get("entry_description", String.class);
        return new Statement.Line(
                row.get(JOURNAL_ENTRY.ENTRY_ID),
                new Key(row.get(JOURNAL_ENTRY.KEY)),
                EntryKind.valueOf(row.get(JOURNAL_ENTRY.KIND).toUpperCase(Locale.ROOT)),
                row.get(POSTING.EFFECTIVE_ON),
                row.get(JOURNAL_ENTRY.RECORDED_AT),
                posting.description().isEmpty() ? ofEntry : posting.description(),
                posting,
                balance);
    }

    private long accountId(DSLContext db, Account account) {
        return db.select(ACCOUNT.ACCOUNT_ID)
                .from(ACCOUNT)
                .where(named(account))
                .fetchOptional(ACCOUNT.ACCOUNT_ID)
                .orElseThrow(() -> notFound(account));
    }

    private Condition named(Account account) {
        return ACCOUNT.LEDGER_ID
                .eq(book.id())
                .and(ACCOUNT.PATH.eq(account.path()))
                .and(ACCOUNT.CURRENCY.eq(account.currency().code()))
                .and(ACCOUNT.EXPONENT.eq((short) account.currency().exponent()));
    }

    private static Balance balance(Account account, BigInteger available, BigInteger held) {
        if (!Money.fits(available) || !Money.fits(held) || !Money.fits(available.add(held))) {
            throw new IllegalArgumentException("What " + account + " had then has more than " + Money.DIGITS_MAX
                    + " digits: its postings up to that business date are more than it ever had at a time."
                    + " Ask for another date, or for what was recorded by an earlier instant");
        }
        return new Balance(
                account, Money.ofMinor(account.currency(), available), Money.ofMinor(account.currency(), held));
    }

    private static RefusedException notFound(Account account) {
        return new RefusedException(new Refusal.AccountNotFound(account));
    }
}
