package io.holdfast.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.Schema;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.PostgresLedger;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast entries are recorded into one hot account, beside pgledger's own function and beside bare COPY, on one
 * server, taking turns in rounds.
 *
 * <p>Arguments: {@code [--pgledger FILE] [--jdbc-url URL] [--rounds N] [--seconds N]}. Without a URL it is a
 * {@link BenchmarkServer}; a server given by URL gets schemas {@code holdfast} and {@code bare}, so give it an empty database.
 */
public final class LedgerBenchmark {

    private static final int CLIENTS = 8;
    private static final int CALLERS = 64;
    private static final int CONNECTIONS = 16;

    private final Map<String, String> options;
    private final PrintStream out;

    private LedgerBenchmark(Map<String, String> options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        new LedgerBenchmark(options, System.out).run();
    }

    private void run() throws Exception {
        BenchmarkServer.run(options.get("--jdbc-url"), this::run);
    }

    private void run(String url) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        try (HikariDataSource dataSource = new HikariDataSource(config)) {
            Schema.migrate(dataSource);
            Ledger ledger = PostgresLedger.over(dataSource).ledger("bench").build();
            HoldfastContender.openAccounts(ledger);
            List<Contender> contenders = new ArrayList<>();
            if (options.containsKey("--pgledger")) {
                PgledgerContender pgledger = new PgledgerContender(dataSource, CLIENTS);
                pgledger.install(Path.of(options.get("--pgledger")));
                contenders.add(pgledger);
            }
            CopyContender copy = new CopyContender(dataSource);
            copy.install();
            contenders.add(copy);
            contenders.add(HoldfastContender.batches(ledger));
            contenders.add(HoldfastContender.callers(ledger, CALLERS));
            Duration span = Duration.ofSeconds(number("--seconds", 4));
            report(new Rounds(contenders, number("--rounds", 5), span, span, out).run());
            out.printf("%nBytes of table and index for each two-posting entry: %d%n", bytesPerEntry(dataSource));
        }
    }

    private void report(Map<String, Rounds.Figures> figures) {
        out.printf("%n%-55s %12s", "into one hot account, median of the rounds", "entries/s");
        figures.keySet().forEach(other -> out.printf("  vs %-12s", other.substring(0, Math.min(12, other.length()))));
        out.println();
        figures.forEach((name, figure) -> {
            out.printf("%-55s %,12.0f", name, figure.median());
            figures.values().forEach(other -> out.printf("  %15.2f", figure.ratioTo(other)));
            out.println();
        });
    }

    private static long bytesPerEntry(HikariDataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select (pg_total_relation_size('holdfast.journal_entry')"
                        + " + pg_total_relation_size('holdfast.posting')) / count(*) from holdfast.journal_entry")) {
            row.next();
            return row.getLong(1);
        }
    }

    private int number(String option, int unlessGiven) {
        return Integer.parseInt(options.getOrDefault(option, Integer.toString(unlessGiven)));
    }
}
