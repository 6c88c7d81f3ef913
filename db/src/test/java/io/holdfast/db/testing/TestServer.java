package io.holdfast.db.testing;

import io.holdfast.db.Schema;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** The server of this JVM's test databases: embedded, or the one that a system property names. Thread-safe. */
final class TestServer {

    private static final Pattern JDBC_URL = Pattern.compile("(jdbc:postgresql:(?://[^/]*/)?)([^?]*)(\\?.*)?");

    private final String urlBeforeDatabase;
    private final String urlAfterDatabase;
    private final String adminUrl;
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> databases = ConcurrentHashMap.newKeySet();
    private final String template;

    private TestServer(String adminUrl) {
        Matcher url = JDBC_URL.matcher(adminUrl);
        if (!url.matches()) {
            throw new IllegalArgumentException("holdfast.test.jdbc-url is to be a URL of PostgreSQL such as"
                    + " jdbc:postgresql://localhost:5432/postgres?user=postgres");
        }
        this.adminUrl = adminUrl;
        this.urlBeforeDatabase = url.group(1);
        this.urlAfterDatabase = url.group(3) == null ? "" : url.group(3);
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        this.prefix = "holdfast_test_" + HexFormat.of().formatHex(random) + "_";
        this.template = createEmptyDatabase();
        PGSimpleDataSource templateSource = new PGSimpleDataSource();
        templateSource.setUrl(jdbcUrl(template));
        Schema.migrate(templateSource);
    }

    static TestServer shared() {
        return Shared.SERVER;
    }

    String createEmptyDatabase() {
        return create("template0");
    }

    String createMigratedDatabase() {
        return create(template);
    }

    String jdbcUrl(String database) {
        return urlBeforeDatabase + database + urlAfterDatabase;
    }

    void drop(String database) {
        execute("drop database if exists " + database + " with (force)");
        databases.remove(database);
    }

    private String create(String source) {
        String database = prefix + count.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(adminUrl);
                Statement statement = connection.createStatement()) {
            // Before 15 copying the files is the only way; since then it has to be asked for.
            boolean choosesStrategy = connection.getMetaData().getDatabaseMajorVersion() >= 15;
            statement.execute("create database " + database + " template " + source
                    + (choosesStrategy ? " strategy file_copy" : ""));
        } catch (SQLException e) {
            throw new IllegalStateException("The test database " + database + " could not be created", e);
        }
        databases.add(database);
        return database;
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(adminUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test server refused: " + sql, e);
        }
    }

    private void dropAll() {
        databases.forEach(this::drop);
    }

    /** Started by the first test that needs it. */
    private static final class Shared {

        static final TestServer SERVER = start();

        private static TestServer start() {
            String givenUrl = System.getProperty("holdfast.test.jdbc-url", "");
            if (givenUrl.isEmpty()) {
                return new TestServer(EmbeddedServer.start());
            }
            TestServer server = new TestServer(givenUrl);
            Runtime.getRuntime().addShutdownHook(new Thread(server::dropAll, "drop test databases"));
            return server;
        }
    }
}
