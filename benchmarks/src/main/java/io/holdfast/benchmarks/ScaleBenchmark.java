package io.holdfast.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.Schema;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the processor and the list of payouts take in a ledger that has many payouts in every state, beside one that has
 * few, on one server, taking turns.
 *
 * <p>Arguments: {@code [--few N] [--many N] [--rounds N]}, a thousand, a hundred thousand and a hundred unless given.
 */
public final class ScaleBenchmark {

    private static final int CONNECTIONS = 16;
    private static final int DUE = 100;
    private static final int PAGE = 50;
    private static final int WARM_UP = 10;

    private final Map<String, String> options;
    private final PrintStream out;

    private ScaleBenchmark(Map<String, String> options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        new ScaleBenchmark(options, System.out).run();
    }

    private void run() throws Exception {
        BenchmarkServer.run(null, this::run);
    }

    private void run(String url) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        try (HikariDataSource dataSource = new HikariDataSource(config);
                ManyPayouts few = new ManyPayouts(dataSource, "few");
                ManyPayouts many = new ManyPayouts(dataSource, "many")) {
            Schema.migrate(dataSource);
            few.fill(number("--few", 1_000), out);
            many.fill(number("--many", 100_000), out);
            compare(few, many);
        }
    }

    private void compare(ManyPayouts few, ManyPayouts many) throws Exception {
        out.printf("%n%-50s %10s %10s %8s%n", "median, milliseconds", few.count(), many.count(), "ratio");
        report("runOnce, nothing due", few, many, one -> () -> one.runOnce(DUE, 0));
        report("runOnce, " + DUE + " due", few, many, one -> {
            one.requestDue(DUE);
            return () -> one.runOnce(DUE, DUE);
        });
        PayoutQuery page = PayoutQuery.FIRST_PAGE.page(PAGE, 0);
        report("list, the first page of all", few, many, one -> () -> one.list(page));
        PayoutQuery doubtful = page.status(PayoutStatus.UNKNOWN);
        report("list, the first page of what is in doubt", few, many, one -> () -> one.list(doubtful));
    }

    /** What is measured, after whatever has to be done first and is not. */
    private interface Prepared {
        Runnable prepare(ManyPayouts payouts) throws Exception;
    }

    private void report(String name, ManyPayouts few, ManyPayouts many, Prepared work) throws Exception {
        int rounds = number("--rounds", 100);
        double[] ofFew = new double[rounds];
        double[] ofMany = new double[rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (ManyPayouts one : List.of(few, many)) {
                Runnable measured = work.prepare(one);
                long begin = System.nanoTime();
                measured.run();
                if (round >= 0) {
                    (one == few ? ofFew : ofMany)[round] = (System.nanoTime() - begin) / 1e6;
                }
            }
        }
        out.printf("%-50s %10.2f %10.2f %8.2f%n", name, median(ofFew), median(ofMany), median(ofMany) / median(ofFew));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private int number(String option, int unlessGiven) {
        return Integer.parseInt(options.getOrDefault(option, Integer.toString(unlessGiven)));
    }
}
