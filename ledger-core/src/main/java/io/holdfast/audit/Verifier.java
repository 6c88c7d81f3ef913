package io.holdfast.audit;

import static io.holdfast.db.generated.Tables.LEDGER;

import io.holdfast.db.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;

/**
 * Checks every invariant of a ledger against what the database keeps.
 *
 * <pre>{@code
 * Verification verification = Verifier.over(dataSource).verify("main");
 * }</pre>
 *
 * <p>It reads and reports; it never repairs. Immutable and safe for use by any number of threads.
 */
public final class Verifier {

    private final DataSource dataSource;
    private final List<Check> checks;
    private final ObjLongConsumer<String> progress;

    private Verifier(DataSource dataSource, List<Check> checks, ObjLongConsumer<String> progress) {
        this.dataSource = dataSource;
        this.checks = List.copyOf(checks);
        this.progress = progress;
    }

    /** Returns a verifier with the ledger's own checks. */
    public static Verifier over(DataSource dataSource) {
        return new Verifier(dataSource, LedgerChecks.all(), (check, examined) -> {});
    }

    /**
     * Returns the same with further checks, which run after those it has.
     *
     * @throws IllegalArgumentException if two checks have the same name
     */
    public Verifier and(List<? extends Check> further) {
        List<Check> all = new ArrayList<>(checks);
        for (Check check : further) {
            if (all.stream().anyMatch(other -> other.name().equals(check.name()))) {
                throw new IllegalArgumentException("There are two checks named \"" + check.name() + "\"");
            }
            all.add(check);
        }
        return new Verifier(dataSource, all, progress);
    }

    /**
     * Returns the same, telling someone how far it is: the name of the check that runs, and how much it has examined.
     * Called in the thread that verifies, with zero when a check begins.
     */
    public Verifier progress(ObjLongConsumer<String> listener) {
        return new Verifier(dataSource, checks, listener);
    }

    /**
     * Verifies one ledger, all of it in one read-only snapshot, while others go on writing.
     *
     * @throws IllegalArgumentException if there is no such ledger
     * @throws io.holdfast.db.SchemaVersionException if the database is not at the schema that this code needs
     * @throws DataAccessException if the database does not answer
     */
    public Verification verify(String ledger) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                Schema.check(connection);
                Audit.prepare(connection);
                return run(connection, ledger);
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(isolation);
                connection.setReadOnly(false);
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new DataAccessException("Verifying ledger \"" + ledger + "\" failed: " + e.getMessage(), e);
        }
    }

    private Verification run(Connection connection, String ledger) throws SQLException {
        int ledgerId = ledgerId(connection, ledger);
        List<CheckResult> results = new ArrayList<>();
        for (Check check : checks) {
            Findings findings = new Findings(examined -> progress.accept(check.name(), examined));
            findings.examined(0);
            check.run(connection, ledgerId, findings);
            results.add(findings.result(check.name()));
        }
        return new Verification(ledger, results);
    }

    private static int ledgerId(Connection connection, String ledger) {
        return Audit.on(connection)
                .select(LEDGER.LEDGER_ID)
                .from(LEDGER)
                .where(LEDGER.NAME.eq(ledger))
                .fetchOptional(LEDGER.LEDGER_ID)
                .orElseThrow(() -> new IllegalArgumentException("There is no ledger \"" + ledger + "\""));
    }
}
