package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.BANK;
import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.dataSource;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Side;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The host begins, commits and rolls back; the ledger is there with the host's own rows or not at all. */
class HostTransactionsTest {

    private static final List<String> TABLES = List.of(
            "ledger",
            "account",
            "account_change",
            "balance",
            "currency",
            "hold",
            "journal_entry",
            "period_close",
            "posting");

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account other = scene.wallet("bob");

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void what_is_written_is_seen_inside_at_once_and_outside_after_the_commit() throws SQLException {
        scene.inHostTransaction((connection, inside) -> {
            inside.post(transfer("t", wallet, other, 10));
            assertThat(inside.balance(other).available()).isEqualTo(ugx(10));
            assertThat(inside.entry(EntryReference.of(Key.of("t")))).isPresent();
            scene.assertBalance(other, 0, 0);
        });

        scene.assertBalance(other, 10, 0);
    }

    @Test
    void a_host_that_rolls_back_leaves_no_row_anywhere() throws SQLException {
        Map<String, String> before = rows();

        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            Ledger inside = ledger.within(host).as("somebody");
            doEverything(inside);
            assertThat(rows(host)).isNotEqualTo(before);
            host.rollback();
            host.setAutoCommit(true);
        }

        assertThat(rows()).isEqualTo(before);
    }

    private void doEverything(Ledger inside) {
        Currency usdc = Currency.of("USDC", 6);
        inside.add(usdc);
        inside.open(AccountTerms.of("assets:cold", usdc));
        inside.open(AccountTerms.of("equity:cold", usdc).maximum(Money.of(usdc, "1")));
        inside.limit(AccountTerms.of(other).minimum(ugx(-5)));
        inside.freeze(FEES, Set.of(Side.DEBIT));
        inside.close(inside.open(AccountTerms.of("equity:brief", UGX)));
        RecordedEntry entry = inside.post(transfer("t", wallet, other, 10));
        Hold hold = inside.hold(HoldRequest.of("h", wallet, ugx(100))
                .expiresAt(scene.clock().instant().plusSeconds(9)));
        inside.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), ugx(1))
                .keepRest()
                .build());
        inside.reverse(io.holdfast.ledger.Reversal.of(entry.id(), "r"));
        inside.closeThrough(TestLedger.TODAY.minusDays(1));
        scene.clock().advance(java.time.Duration.ofSeconds(10));
        assertThat(inside.expireHolds(10)).isEqualTo(1);
    }

    @Test
    void an_account_opened_in_a_transaction_that_rolled_back_is_not_remembered() throws SQLException {
        Account brief = Account.of("liabilities:brief", UGX);
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            Ledger inside = ledger.within(host);
            inside.open(AccountTerms.of(brief));
            inside.post(funding("f", brief, 10));
            assertThat(inside.balance(brief).available()).isEqualTo(ugx(10));
            host.rollback();
            host.setAutoCommit(true);
        }

        assertThat(refusal(() -> ledger.post(funding("f", brief, 10)))).isEqualTo(new Refusal.AccountNotFound(brief));
        ledger.open(AccountTerms.of(brief));
        ledger.post(funding("f", brief, 20));
        scene.assertBalance(brief, 20, 0);
    }

    @Test
    void an_account_opened_after_a_savepoint_to_which_the_host_goes_back_is_not_remembered() throws SQLException {
        Account brief = Account.of("liabilities:brief", UGX);
        scene.inHostTransaction((connection, inside) -> {
            inside.post(transfer("t", wallet, other, 10));
            Savepoint before = connection.setSavepoint();
            inside.open(AccountTerms.of(brief));
            inside.post(funding("f", brief, 10));
            connection.rollback(before);
            assertThat(refusal(() -> inside.post(funding("f", brief, 10))))
                    .isEqualTo(new Refusal.AccountNotFound(brief));
            inside.open(AccountTerms.of(brief));
            inside.post(funding("f", brief, 20));
        });

        scene.assertBalance(brief, 20, 0);
    }

    @Test
    void a_refusal_leaves_the_transaction_usable() throws SQLException {
        scene.inHostTransaction((connection, inside) -> {
            execute(connection, "create temporary table of_the_host (n integer) on commit drop");
            assertThat(refusal(() -> inside.post(transfer("t", wallet, other, 5_000)))
                            .code())
                    .isEqualTo("INSUFFICIENT_FUNDS");
            assertThat(refusal(() -> inside.open(AccountTerms.of(wallet))).code())
                    .isEqualTo("ACCOUNT_EXISTS");
            execute(connection, "insert into of_the_host values (1)");
            inside.post(transfer("t", wallet, other, 50));
        });

        scene.assertBalance(other, 50, 0);
    }

    @Test
    void a_failure_leaves_the_transaction_usable_too() throws SQLException {
        scene.inHostTransaction((connection, inside) -> {
            Hold hold = inside.hold(HoldRequest.of("h", wallet, ugx(10)));
            assertThatThrownBy(() -> inside.commit(HoldCommit.of(hold.id(), "c")
                            .debit(FEES.path(), ugx(1))
                            .build()))
                    .isInstanceOf(IllegalArgumentException.class);
            inside.add(Currency.of("ABCD", 2));
            assertThatThrownBy(() -> inside.add(Currency.of("ABCD", 3))).isInstanceOf(IllegalArgumentException.class);
            inside.post(transfer("t", wallet, other, 50));
        });

        scene.assertBalance(other, 50, 0);
        scene.assertBalance(wallet, 940, 10);
    }

    @Test
    void the_hosts_savepoints_work_as_ever() throws SQLException {
        scene.inHostTransaction((connection, inside) -> {
            inside.post(transfer("kept", wallet, other, 10));
            Savepoint savepoint = connection.setSavepoint("of_the_host");
            inside.post(transfer("undone", wallet, other, 100));
            inside.hold(HoldRequest.of("undone too", wallet, ugx(100)));
            connection.rollback(savepoint);
            inside.post(transfer("kept too", wallet, other, 20));
        });

        scene.assertBalance(other, 30, 0);
        scene.assertBalance(wallet, 970, 0);
        assertThat(ledger.entry(EntryReference.of(Key.of("undone")))).isEmpty();
    }

    @Test
    void no_savepoint_is_left_behind_by_what_is_refused() throws SQLException {
        scene.inHostTransaction((connection, inside) -> {
            for (int i = 0; i < 100; i++) {
                assertThat(refusal(() -> inside.open(AccountTerms.of(wallet))).code())
                        .isEqualTo("ACCOUNT_EXISTS");
            }
            inside.post(transfer("t", wallet, other, 1));
        });

        scene.assertBalance(other, 1, 0);
    }

    @Test
    void the_ledger_changes_nothing_about_the_connection() throws SQLException {
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            host.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String before = settings(host);

            ledger.within(host).post(transfer("t", wallet, other, 1));
            ledger.within(host)
                    .statement(wallet, TestLedger.TODAY, TestLedger.TODAY, io.holdfast.ledger.AsOf.EVERYTHING);

            assertThat(settings(host)).isEqualTo(before);
            assertThat(host.getAutoCommit()).isFalse();
            host.rollback();
            host.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            host.setAutoCommit(true);
        }
        scene.assertBalance(other, 0, 0);
    }

    @Test
    void a_connection_in_auto_commit_mode_has_no_transaction_to_join() throws SQLException {
        try (Connection host = dataSource().getConnection()) {
            assertThatThrownBy(() -> ledger.within(host))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("setAutoCommit(false) first");
        }
    }

    @Test
    void repeatable_read_and_serializable_hosts_see_40001_and_never_a_refusal() throws SQLException {
        for (int isolation : List.of(Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE)) {
            String key = "isolation-" + isolation;
            assertStale(isolation, key, () -> ledger.post(transfer(key + "-first", wallet, other, 1)));
        }
    }

    @Test
    void a_key_taken_since_the_hosts_snapshot_is_40001_with_whatever_accounts() throws SQLException {
        ledger.open(AccountTerms.of("equity:apart", UGX));
        ledger.open(AccountTerms.of("assets:apart", UGX));

        assertStale(
                Connection.TRANSACTION_REPEATABLE_READ,
                "taken",
                () -> ledger.post(io.holdfast.ledger.JournalEntry.of("taken")
                        .debit("assets:apart", ugx(1))
                        .credit("equity:apart", ugx(1))
                        .build()));
    }

    @Test
    void a_close_since_the_hosts_snapshot_is_40001() throws SQLException {
        assertStale(Connection.TRANSACTION_REPEATABLE_READ, "k", () -> ledger.closeThrough(TestLedger.TODAY));
    }

    private void assertStale(int isolation, String key, Runnable meanwhile) throws SQLException {
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            host.setTransactionIsolation(isolation);
            execute(host, "select count(*) from holdfast.balance");
            meanwhile.run();

            Throwable failure = catchThrowable(() -> ledger.within(host).post(transfer(key, wallet, other, 2)));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            DataAccessException.class,
                            ofDatabase -> assertThat(ofDatabase.sqlState()).isEqualTo("40001"));
            host.rollback();
            host.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            host.setAutoCommit(true);
        }
    }

    @Test
    void hosts_that_deadlock_see_40P01_and_the_other_goes_on() throws Exception {
        Account third = scene.wallet("carol", 1_000);
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);

        CompletableFuture<String> one =
                CompletableFuture.supplyAsync(() -> lockInOrder(bothHoldOne, "a", wallet, third));
        CompletableFuture<String> two =
                CompletableFuture.supplyAsync(() -> lockInOrder(bothHoldOne, "b", third, wallet));

        assertThat(List.of(one.get(60, TimeUnit.SECONDS), two.get(60, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder("committed", "40P01");
    }

    private String lockInOrder(CyclicBarrier bothHoldOne, String key, Account first, Account second) {
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            try {
                ledger.within(host).hold(HoldRequest.of(key + 1, first, ugx(1)));
                bothHoldOne.await();
                ledger.within(host).hold(HoldRequest.of(key + 2, second, ugx(1)));
                host.commit();
                return "committed";
            } catch (DataAccessException failure) {
                return failure.sqlState();
            } finally {
                host.rollback();
                host.setAutoCommit(true);
            }
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void a_transaction_that_had_failed_before_the_ledger_came_is_reported_as_such() throws SQLException {
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            assertThatThrownBy(() -> execute(host, "select nonsense")).isInstanceOf(SQLException.class);

            assertThatThrownBy(() -> ledger.within(host).post(transfer("t", wallet, other, 1)))
                    .isInstanceOfSatisfying(
                            DataAccessException.class,
                            failure -> assertThat(failure.sqlState()).isEqualTo("25P02"));
            host.rollback();
            host.setAutoCommit(true);
        }
        scene.assertBalance(BANK, 1_000, 0);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String settings(Connection connection) throws SQLException {
        return ask(
                connection,
                "select string_agg(name || '=' || setting, ' ' order by name) from pg_settings"
                        + " where name in ('search_path', 'transaction_isolation', 'transaction_read_only', 'TimeZone',"
                        + " 'plan_cache_mode', 'lock_timeout', 'statement_timeout')");
    }

    private Map<String, String> rows() throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            return rows(connection);
        }
    }

    private Map<String, String> rows(Connection connection) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (String table : TABLES) {
            rows.put(
                    table,
                    ask(
                            connection,
                            "select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from holdfast." + table
                                    + " t where ledger_id = (select ledger_id from holdfast.ledger where name = '"
                                    + scene.name() + "')"));
        }
        return rows;
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
