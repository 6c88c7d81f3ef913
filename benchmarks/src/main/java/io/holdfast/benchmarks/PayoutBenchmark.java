package io.holdfast.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.Schema;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.PostgresLedger;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many payouts a second go from request to settled, beside pgbench's TPC-B and beside COPY of the rows that such payouts
 * leave, on the same server in the same run.
 *
 * <p>Arguments: {@code [--pgbench PROGRAM] [--jdbc-url URL] [--warm-up SECONDS] [--rounds N] [--seconds N]}. Without a URL it is a
 * {@link BenchmarkServer}; a server given by URL gets schema {@code holdfast} and pgbench's tables, so give it an empty database.
 */
public final class PayoutBenchmark {

    private static final int PGBENCH_CLIENTS = 8;
    private static final int CALLERS = 64;
    private static final int SENT_AT_ONCE = 384;
    private static final int CONNECTIONS = 16;

    private final Map<String, String> options;
    private final PrintStream out;

    private PayoutBenchmark(Map<String, String> options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        new PayoutBenchmark(options, System.out).run();
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
            String name = "bench-" + System.nanoTime();
            Ledger ledger = PostgresLedger.over(dataSource).ledger(name).build();
            PayoutContender.openWallets(dataSource, ledger, PayoutContender.WALLETS);
            PgbenchContender pgbench =
                    new PgbenchContender(options.getOrDefault("--pgbench", "pgbench"), url, PGBENCH_CLIENTS);
            pgbench.install();
            PayoutContender payouts = new PayoutContender(dataSource, ledger, CALLERS, SENT_AT_ONCE);
            CopyPayoutsContender copy = new CopyPayoutsContender(dataSource, name);
            try {
                Map<String, Rounds.Figures> figures = new Rounds(
                                List.of(pgbench, payouts, copy),
                                number("--rounds", 3),
                                Duration.ofSeconds(number("--warm-up", 60)),
                                Duration.ofSeconds(number("--seconds", 10)),
                                out)
                        .run();
                report(figures);
                out.printf(
                        "%nMicroseconds of a processor for a payout: %.0f at the speed of pgbench; %.0f at that of COPY;"
                                + " %.0f in Java alone, but for compiling%n",
                        microsEach(figures, pgbench), microsEach(figures, copy), payouts.javaMicros());
            } finally {
                payouts.close();
            }
        }
    }

    private void report(Map<String, Rounds.Figures> figures) {
        Rounds.Figures pgbench = figures.values().iterator().next();
        out.printf("%n%-55s %12s  %s%n", "median of the rounds", "a second", "to pgbench");
        figures.forEach((name, figure) ->
                out.printf("%-55s %,12.0f  %10.2f%n", name, figure.median(), figure.ratioTo(pgbench)));
    }

    /** All processors together have a second for as many as there are in a second. */
    private static double microsEach(Map<String, Rounds.Figures> figures, Contender contender) {
        double perSecond = Objects.requireNonNull(figures.get(contender.name())).median();
        return 1e6 * Runtime.getRuntime().availableProcessors() / perSecond;
    }

    private int number(String option, int unlessGiven) {
        return Integer.parseInt(options.getOrDefault(option, Integer.toString(unlessGiven)));
    }
}
