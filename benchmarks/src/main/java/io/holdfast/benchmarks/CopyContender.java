package io.holdfast.benchmarks;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** The limit: COPY of the same rows into the same tables and indexes, with no trigger, no lock and no logic. */
final class CopyContender implements Contender {

    private static final String ENTRIES =
            "bare.journal_entry (ledger_id, posting_count, effective_on, recorded_at, entry_id,"
                    + " kind, hash, fingerprint, key, actor, origin, description)";
    private static final String POSTINGS = "bare.posting (ledger_id, line, side, account_id, account_seq, effective_on,"
            + " part, entry_id, amount, description)";
    private static final String HASH = "ab".repeat(32);
    private static final String FINGERPRINT = "ab".repeat(47);

    private final DataSource dataSource;
    private final AtomicLong numbers = new AtomicLong();

    CopyContender(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void install() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema bare");
            statement.execute("create table bare.journal_entry (like holdfast.journal_entry including all)");
            statement.execute("create table bare.posting (like holdfast.posting including all)");
        }
    }

    @Override
    public String name() {
        return "bare COPY of the same rows, " + HoldfastContender.BATCH + " entries a transaction";
    }

    @Override
    public double perSecond(Duration span) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            return Race.perSecond(1, span, thread -> () -> copy(connection));
        }
    }

    private int copy(Connection connection) throws Exception {
        StringBuilder entries = new StringBuilder();
        StringBuilder postings = new StringBuilder();
        for (int i = 0; i < HoldfastContender.BATCH; i++) {
            write(entries, postings, numbers.incrementAndGet());
        }
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        copy.copyIn("copy " + ENTRIES + " from stdin", new StringReader(entries.toString()));
        copy.copyIn("copy " + POSTINGS + " from stdin", new StringReader(postings.toString()));
        connection.commit();
        return HoldfastContender.BATCH;
    }

    private static void write(StringBuilder entries, StringBuilder postings, long number) {
        String date = LocalDate.EPOCH.plusDays(20_000).toString();
        // Ascending, as the ids of entries are.
        String id = new UUID((number << 16) | 0x7000, number * 0x9E3779B97F4A7C15L).toString();
        row(
                entries,
                "1",
                "2",
                date,
                date + " 12:00:00.123456+00",
                id,
                "post",
                "\\\\x" + HASH,
                "\\\\x" + FINGERPRINT,
                "b1-" + number,
                "application",
                "api",
                "Top-up");
        String amount = Long.toString(1 + number % 9_999);
        long source = 2L + Accounts.ofNumber(number);
        row(
                postings,
                "1",
                "1",
                "1",
                Long.toString(source),
                Long.toString(1 + number / 1_000),
                date,
                "0",
                id,
                amount,
                "");
        row(postings, "1", "2", "-1", "1", Long.toString(number), date, "0", id, amount, "");
    }

    private static void row(StringBuilder rows, String... fields) {
        rows.append(String.join("\t", fields)).append('\n');
    }
}
