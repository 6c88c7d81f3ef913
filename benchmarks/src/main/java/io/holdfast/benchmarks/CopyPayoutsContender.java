package io.holdfast.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The limit: COPY of the rows that settled payouts left behind, as they ended, into the same tables and indexes. Nothing is
 * requested, sent, looked up, locked, guarded or updated.
 */
final class CopyPayoutsContender implements Contender {

    private static final int CHUNKS = 80;
    private static final int CHUNK = 50;
    private static final int CLIENTS = 4;

    private static final String OF_PAYOUT = " join bare.chunk c on c.payout_id = t.payout_id";
    private static final String OF_ENTRY = " join holdfast.payout_entry e on e.ledger_id = t.ledger_id"
            + " and e.entry_id = t.%s join bare.chunk c on c.payout_id = e.payout_id";

    /** How each table's rows are found, in the order in which they are copied. */
    private static final Map<String, String> TABLES = tables();

    private final DataSource dataSource;
    private final String ledger;
    private final List<Map<String, byte[]>> chunks = new ArrayList<>();

    /** Copies what payouts of the ledger of that name left that were settled before the first turn. */
    CopyPayoutsContender(DataSource dataSource, String ledger) {
        this.dataSource = dataSource;
        this.ledger = ledger;
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("journal_entry", OF_ENTRY.formatted("entry_id"));
        tables.put("posting", OF_ENTRY.formatted("entry_id"));
        tables.put("hold", OF_ENTRY.formatted("hold_id"));
        for (String table : List.of("intent", "state", "attempt", "send", "reference", "transition", "entry")) {
            tables.put("payout_" + table, OF_PAYOUT);
        }
        return tables;
    }

    @Override
    public String name() {
        return "bare COPY of what settled payouts left, " + CLIENTS + " clients";
    }

    @Override
    public double perSecond(Duration span) throws Exception {
        if (chunks.isEmpty()) {
            prepare();
        }
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Connection connection = dataSource.getConnection();
                connection.setAutoCommit(false);
                connections.add(connection);
                empty(connection, i);
            }
            int[] next = new int[CLIENTS];
            return Race.perSecond(CLIENTS, span, client -> () -> {
                if (next[client] == chunks.size()) {
                    empty(connections.get(client), client);
                    next[client] = 0;
                }
                return copy(connections.get(client), client, chunks.get(next[client]++));
            });
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static int copy(Connection connection, int client, Map<String, byte[]> rows) throws Exception {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Map.Entry<String, byte[]> table : rows.entrySet()) {
            copy.copyIn(
                    "copy bare" + client + "." + table.getKey() + " from stdin",
                    new ByteArrayInputStream(table.getValue()));
        }
        connection.commit();
        return CHUNK;
    }

    private static void empty(Connection connection, int client) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES.keySet()) {
                statement.execute("truncate bare" + client + "." + table);
            }
        }
        connection.commit();
    }

    private void prepare() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists bare cascade");
            statement.execute("create schema bare");
            for (int client = 0; client < CLIENTS; client++) {
                statement.execute("drop schema if exists bare" + client + " cascade");
                statement.execute("create schema bare" + client);
                for (String table : TABLES.keySet()) {
                    statement.execute("create table bare" + client + "." + table + " (like holdfast." + table
                            + " including all excluding identity)");
                }
            }
            choose(connection);
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                Map<String, byte[]> rows = new LinkedHashMap<>();
                for (Map.Entry<String, String> table : TABLES.entrySet()) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    copy.copyOut(
                            "copy (select t.* from holdfast." + table.getKey() + " t" + table.getValue()
                                    + " where c.chunk = " + chunk + ") to stdout",
                            bytes);
                    rows.put(table.getKey(), bytes.toByteArray());
                }
                chunks.add(rows);
            }
        }
    }

    private void choose(Connection connection) throws SQLException {
        try (PreparedStatement choice = connection.prepareStatement(
                "create table bare.chunk as select p.payout_id, (row_number() over (order by p.created_at, p.payout_id) - 1) / "
                        + CHUNK + " as chunk from holdfast.payout p join holdfast.ledger l using (ledger_id)"
                        + " where l.name = '" + ledger + "' and p.status = 'SUCCEEDED'"
                        + " order by p.created_at, p.payout_id limit " + CHUNKS * CHUNK)) {
            if (choice.executeUpdate() < CHUNKS * CHUNK) {
                throw new IllegalStateException("Fewer than " + CHUNKS * CHUNK + " payouts were settled before");
            }
        }
    }
}
