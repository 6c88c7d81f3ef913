package io.holdfast.books;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.LEDGER;
import static io.holdfast.db.generated.Tables.POSTING;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.postgres.session.Jooq;
import io.holdfast.ledger.postgres.session.Transactions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record4;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * The reports of one ledger.
 *
 * <pre>{@code
 * Books books = Books.over(dataSource, "main");
 * TrialBalance january = books.trialBalance(AsOf.effective(LocalDate.of(2026, 1, 31)));
 * }</pre>
 *
 * <p>Safe for use by any number of threads.
 */
public final class Books {

    private final Transactions transactions;
    private final String ledger;
    private final int ledgerId;

    private Books(DataSource dataSource, String ledger) {
        this.transactions = new Transactions(dataSource);
        this.ledger = ledger;
        this.ledgerId = read(db -> db.select(LEDGER.LEDGER_ID)
                .from(LEDGER)
                .where(LEDGER.NAME.eq(ledger))
                .fetchOptional(LEDGER.LEDGER_ID)
                .orElseThrow(() -> new IllegalArgumentException("There is no ledger \"" + ledger + "\"")));
    }

    /**
     * Returns the books of a ledger.
     *
     * @throws IllegalArgumentException if there is no such ledger
     * @throws DataAccessException if the database does not answer
     */
    public static Books over(DataSource dataSource, String ledger) {
        return new Books(dataSource, ledger);
    }

    /**
     * Returns what every account had at a point on both time axes, from postings alone. Available and held parts count
     * together, so holds change nothing.
     *
     * @throws IllegalArgumentException if the sum of a column has more than 38 digits
     * @throws DataAccessException if the database does not answer
     */
    public TrialBalance trialBalance(AsOf asOf) {
        List<TrialBalance.Row> rows = new ArrayList<>();
        Map<String, TrialBalance.Total> totals = new TreeMap<>();
        for (Record4<String, String, Short, BigDecimal> net : read(db -> nets(db, asOf))) {
            TrialBalance.Row row = row(
                    Account.of(net.value1(), new Currency(net.value2(), net.value3())),
                    net.value4().toBigIntegerExact());
            rows.add(row);
            totals.merge(
                    net.value2(),
                    new TrialBalance.Total(row.account().currency(), row.debit(), row.credit()),
                    Books::plus);
        }
        rows.sort(Comparator.comparing((TrialBalance.Row row) -> row.account().path())
                .thenComparing(row -> row.account().currency().code()));
        return new TrialBalance(ledger, asOf, rows, List.copyOf(totals.values()));
    }

    private List<Record4<String, String, Short, BigDecimal>> nets(DSLContext db, AsOf asOf) {
        Field<BigDecimal> net = sum(POSTING.AMOUNT.times(POSTING.SIDE)).as("net");
        Condition counts = POSTING.LEDGER_ID
                .eq(ledgerId)
                .and(asOf.effective().map(POSTING.EFFECTIVE_ON::le).orElseGet(DSL::trueCondition));
        // Which entries were recorded by then is only asked if it matters: it costs a join of the whole journal.
        var nets = asOf.recordedBy()
                .map(by -> select(POSTING.ACCOUNT_ID, net)
                        .from(POSTING)
                        .join(JOURNAL_ENTRY)
                        .on(JOURNAL_ENTRY.LEDGER_ID.eq(POSTING.LEDGER_ID), JOURNAL_ENTRY.ENTRY_ID.eq(POSTING.ENTRY_ID))
                        .where(counts)
                        .and(JOURNAL_ENTRY.RECORDED_AT.le(by))
                        .groupBy(POSTING.ACCOUNT_ID))
                .orElseGet(() -> select(POSTING.ACCOUNT_ID, net)
                        .from(POSTING)
                        .where(counts)
                        .groupBy(POSTING.ACCOUNT_ID))
                .asTable("nets");
        return db.select(ACCOUNT.PATH, ACCOUNT.CURRENCY, ACCOUNT.EXPONENT, nets.field(net))
                .from(nets)
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(ledgerId), ACCOUNT.ACCOUNT_ID.eq(nets.field(POSTING.ACCOUNT_ID)))
                .fetch();
    }

    private static TrialBalance.Row row(Account account, BigInteger net) {
        Money zero = Money.zero(account.currency());
        Money amount = Money.ofMinor(account.currency(), net.abs());
        return net.signum() >= 0
                ? new TrialBalance.Row(account, amount, zero)
                : new TrialBalance.Row(account, zero, amount);
    }

    private static TrialBalance.Total plus(TrialBalance.Total one, TrialBalance.Total other) {
        return new TrialBalance.Total(
                one.currency(), one.debit().plus(other.debit()), one.credit().plus(other.credit()));
    }

    private <T> T read(Function<DSLContext, T> question) {
        return transactions.read(connection -> question.apply(Jooq.on(connection)));
    }
}
