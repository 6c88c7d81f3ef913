package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/**
 * The one place that locks: balance rows, in the order of account ids, in one statement. It is plain JDBC because every
 * write asks this, and jOOQ would write the question anew each time.
 */
final class BalanceLocks {

    /**
     * The clock is read above the locked rows, and so after the last lock was waited for. Each account is one index look-up,
     * in the order in which they are wanted, however the database would rather join.
     */
    private static final String LOCK = """
            select holdfast.read_clock() as now, l.closed_through, wanted.path, wanted.currency, wanted.exponent, locked.*
                from holdfast.ledger l
                left join (
                    %s
                    cross join lateral (
                        select b.account_id, b.available, b.held, b.last_seq, b.minimum, b.maximum, b.debit_frozen,
                                b.credit_frozen, b.closed, b.earliest_expiry
                            from holdfast.balance b
                            where b.ledger_id = ? and b.account_id = wanted.id
                            for update) locked) on true
                where l.ledger_id = ?
            """;

    private static final String LOCK_ACCOUNTS = LOCK.formatted("""
            (select id, null::text as path, null::text as currency, null::smallint as exponent from unnest(?) as known (id)) wanted
            """);

    /** Which accounts holds are on never changes, so it is found in the same statement. */
    private static final String LOCK_HOLDS_TOO = LOCK.formatted("holdfast.accounts_to_lock(?, ?, ?, ?) as wanted");

    private final Book book;

    BalanceLocks(Book book) {
        this.book = book;
    }

    /** The accounts under lock, and the moment at which they were. */
    record Locked(Moment moment, List<AccountSnapshot> accounts) {

        /** Returns the holds on these accounts: one that is there only since they were locked may be on another. */
        List<HoldReader.Found> only(List<HoldReader.Found> holds) {
            Set<Long> ids = accounts.stream().map(AccountSnapshot::id).collect(Collectors.toSet());
            return holds.stream()
                    .filter(found -> ids.contains(found.hold().accountId()))
                    .toList();
        }
    }

    /** Locks accounts until the transaction ends and returns them as they are then. An id without a row is left out. */
    Locked acquire(DSLContext db, Map<Account, Long> ids) {
        return acquire(db, ids, new Named(List.of()));
    }

    /** Locks accounts and those that named holds are on, likewise. */
    Locked acquire(DSLContext db, Map<Account, Long> ids, Named named) {
        return db.connectionResult(connection -> acquire(connection, ids, named));
    }

    private Locked acquire(Connection connection, Map<Account, Long> ids, Named named) throws SQLException {
        Map<Long, Account> accounts = new HashMap<>();
        ids.forEach((account, id) -> accounts.put(id, account));
        boolean namesHolds = named.holdCount() > 0;
        try (PreparedStatement statement = connection.prepareStatement(namesHolds ? LOCK_HOLDS_TOO : LOCK_ACCOUNTS)) {
            int at = 0;
            if (namesHolds) {
                Object[] keys = named.holdKeys.stream().map(Key::value).toArray();
                statement.setInt(++at, book.id());
                statement.setArray(++at, connection.createArrayOf("uuid", named.holds.toArray()));
                statement.setArray(++at, connection.createArrayOf("text", keys));
            }
            statement.setObject(
                    ++at, ids.values().stream().mapToLong(id -> id).sorted().toArray());
            statement.setInt(++at, book.id());
            statement.setInt(++at, book.id());
            try (ResultSet rows = statement.executeQuery()) {
                return locked(rows, accounts);
            }
        }
    }

    private Locked locked(ResultSet rows, Map<Long, Account> accounts) throws SQLException {
        Instant latest = Instant.MIN;
        Optional<LocalDate> closedThrough = Optional.empty();
        List<AccountSnapshot> snapshots = new ArrayList<>(accounts.size());
        while (rows.next()) {
            Instant now = rows.getObject("now", OffsetDateTime.class).toInstant();
            latest = now.isAfter(latest) ? now : latest;
            closedThrough = Optional.ofNullable(rows.getObject("closed_through", LocalDate.class));
            String path = rows.getString("path");
            Account account = path == null
                    ? accounts.get(rows.getLong("account_id"))
                    : Account.of(path, new Currency(rows.getString("currency"), rows.getInt("exponent")));
            if (account != null) {
                snapshots.add(snapshot(rows, account));
            }
        }
        Instant moment = book.orByItsClock(latest);
        return new Locked(new Moment(moment, book.dateOf(moment), closedThrough), snapshots);
    }

    private static AccountSnapshot snapshot(ResultSet row, Account account) throws SQLException {
        OffsetDateTime earliestExpiry = row.getObject("earliest_expiry", OffsetDateTime.class);
        return new AccountSnapshot(
                row.getLong("account_id"),
                account,
                row.getBigDecimal("available").toBigIntegerExact(),
                row.getBigDecimal("held").toBigIntegerExact(),
                row.getLong("last_seq"),
                new AccountSnapshot.Terms(
                        limit(row, "minimum"),
                        limit(row, "maximum"),
                        row.getBoolean("debit_frozen"),
                        row.getBoolean("credit_frozen"),
                        row.getBoolean("closed")),
                Optional.ofNullable(earliestExpiry).map(OffsetDateTime::toInstant));
    }

    private static Optional<BigInteger> limit(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column)).map(BigDecimal::toBigIntegerExact);
    }
}
