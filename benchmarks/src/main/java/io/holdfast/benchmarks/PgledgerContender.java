package io.holdfast.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** pgledger's own function, one call for each transfer, into one hot account. Its SQL is given by path. */
final class PgledgerContender implements Contender {

    private final DataSource dataSource;
    private final int clients;
    private final List<String> sources = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private String hot = "";

    PgledgerContender(DataSource dataSource, int clients) {
        this.dataSource = dataSource;
        this.clients = clients;
    }

    void install(Path sql) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(sql));
            hot = account(connection, "hot");
            for (int i = 0; i < Accounts.COUNT; i++) {
                sources.add(account(connection, "source-" + i));
            }
        }
    }

    @Override
    public String name() {
        return "pgledger, " + clients + " clients, one call a transfer";
    }

    @Override
    public double perSecond(Duration span) throws Exception {
        List<Connection> connections = new ArrayList<>();
        try {
            return Race.perSecond(clients, span, thread -> {
                Connection connection = dataSource.getConnection();
                connections.add(connection);
                PreparedStatement call =
                        connection.prepareStatement("select id from pgledger_create_transfer(?, ?, ?)");
                return () -> transfer(call);
            });
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private int transfer(PreparedStatement call) throws SQLException {
        long number = calls.incrementAndGet();
        call.setString(1, sources.get(Accounts.ofNumber(number)));
        call.setString(2, hot);
        call.setBigDecimal(3, java.math.BigDecimal.valueOf(1 + number % 9_999));
        call.execute();
        return 1;
    }

    private static String account(Connection connection, String name) throws SQLException {
        try (PreparedStatement create =
                connection.prepareStatement("select id from pgledger_create_account(?, 'UGX')")) {
            create.setString(1, name);
            try (ResultSet row = create.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
