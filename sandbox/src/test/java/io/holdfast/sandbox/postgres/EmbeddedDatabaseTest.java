package io.holdfast.sandbox.postgres;

import static io.holdfast.sandbox.postgres.ServerProbe.ask;
import static io.holdfast.sandbox.postgres.ServerProbe.isUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();

    @TempDir
    private static Path directory;

    private static final List<String> PROGRESS_OF_FIRST = new ArrayList<>();

    @BeforeAll
    static void create() throws Exception {
        ServerArchive.unpackInto(PROGRAMS, message -> {});
        ServerProbe.lendPrograms(PROGRAMS, directory);
        EmbeddedDatabase.open(directory, LONG, PROGRESS_OF_FIRST::add).close();
    }

    @AfterAll
    static void stop() throws Exception {
        ServerProbe.stop(directory);
    }

    @Test
    void what_was_written_is_there_after_closing_stopping_and_opening_again() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory);
                Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().execute("create table notes as select 'kept' as note");
        }

        assertThat(EmbeddedDatabase.stop(directory)).isTrue();
        assertThat(isUp(directory)).isFalse();

        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(ask(database.jdbcUrl(), "select note from notes")).isEqualTo("kept");
        }
    }

    @Test
    void opening_again_joins_the_running_server() throws Exception {
        String first;
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            first = ask(database.jdbcUrl(), "select pg_postmaster_start_time()");
        }

        try (EmbeddedDatabase one = EmbeddedDatabase.open(directory);
                EmbeddedDatabase other = EmbeddedDatabase.open(directory)) {
            assertThat(ask(one.jdbcUrl(), "select pg_postmaster_start_time()")).isEqualTo(first);
            assertThat(ask(other.jdbcUrl(), "select pg_postmaster_start_time()"))
                    .isEqualTo(first);
        }
    }

    @Test
    void threads_of_one_process_open_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<String> open = () -> {
            try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
                return ask(database.jdbcUrl(), "select pg_postmaster_start_time()");
            }
        };
        try {
            Set<String> servers = new ConcurrentSkipListSet<>();
            List<Future<String>> answers = threads.invokeAll(Collections.nCopies(16, open));
            for (Future<String> answer : answers) {
                servers.add(answer.get());
            }

            assertThat(servers).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void settings_are_those_of_a_database_that_is_kept() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            String url = database.jdbcUrl();

            assertThat(ask(url, "show fsync")).isEqualTo("on");
            assertThat(ask(url, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(url, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(url, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(url, "show unix_socket_directories")).isEmpty();
            assertThat(ask(url, "select datcollate from pg_database where datname = current_database()"))
                    .isEqualTo("C");
            assertThat(ask(url, "show server_encoding")).isEqualTo("UTF8");
            assertThat(ask(url, "show log_timezone")).isEqualTo("UTC");
            assertThat(ask(url, "select current_database()")).isEqualTo("holdfast");
        }
    }

    @Test
    void nobody_gets_in_from_another_machine_or_without_the_password() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            String url = database.jdbcUrl();
            int port = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));

            assertThatThrownBy(() -> DriverManager.getConnection(url.replaceAll("password=.*", "password=guess")))
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("postgresql/password"))))
                    .isEqualTo("rw-------");
            for (InetAddress address : outsideAddresses()) {
                assertThatThrownBy(() -> new Socket(address, port).close()).hasMessageContaining("refused");
            }
            assertThat(database.toString()).doesNotContain(url.replaceAll(".*password=", ""));
        }
    }

    private static List<InetAddress> outsideAddresses() throws Exception {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    addresses.add(address);
                }
            }
        }
        return addresses;
    }

    @Test
    void refused_statements_and_their_values_stay_out_of_the_log() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory);
                Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().execute("create table phones(phone text unique)");
            connection.createStatement().execute("insert into phones values ('+255781000000')");

            assertThatThrownBy(
                            () -> connection.createStatement().execute("insert into phones values ('+255781000000')"))
                    .hasMessageContaining("duplicate key");
        }
        assertThat(Files.readString(directory.resolve("postgresql/server.log"))).doesNotContain("781000000");
    }

    @Test
    void progress_is_told_when_something_takes_long_and_only_then() {
        List<String> progressOfNext = new ArrayList<>();
        EmbeddedDatabase.open(directory, LONG, progressOfNext::add).close();

        assertThat(PROGRESS_OF_FIRST)
                .anyMatch(line -> line.startsWith("Creating"))
                .anyMatch(line -> line.startsWith("Starting"));
        assertThat(progressOfNext).isEmpty();
    }

    @Test
    void stopping_where_nothing_runs_is_no_error_and_makes_nothing(@TempDir Path empty) throws Exception {
        assertThat(EmbeddedDatabase.stop(empty)).isFalse();
        assertThat(EmbeddedDatabase.stop(empty.resolve("missing"))).isFalse();
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void a_path_that_the_shell_would_read_differently_is_refused() {
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory.resolve("$(touch x)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not contain $");
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory, Duration.ZERO, message -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }

    @Test
    void a_path_with_spaces_and_quotes_works() throws Exception {
        Path odd = directory.resolve("it's an odd näme");
        ServerProbe.lendPrograms(PROGRAMS, odd);

        try (EmbeddedDatabase database = EmbeddedDatabase.open(odd)) {
            assertThat(ask(database.jdbcUrl(), "select 1")).isEqualTo("1");
        } finally {
            ServerProbe.stop(odd);
        }
    }

    @Test
    void a_directory_of_another_user_is_refused_by_name(@TempDir Path other) throws Exception {
        assumeTrue(Commands.isRoot(), "only root can give a directory away");
        Files.setAttribute(Files.createDirectory(other.resolve("postgresql")), "unix:uid", 65534);

        assertThatThrownBy(() -> EmbeddedDatabase.open(other))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("uid 65534")
                .hasMessageContaining("uid 0");
    }

    @Test
    void root_without_user_namespaces_is_told_so(@TempDir Path fresh) throws Exception {
        assumeTrue(Commands.isRoot(), "only root needs user namespaces");

        try (UserProcess process = UserProcess.start(fresh, LONG, "once", Map.of("PATH", "/nowhere"))) {
            assertThat(process.awaitExit()).isNotZero();
            assertThat(process.output()).contains("PostgreSQL does not run as root", "unshare", "ordinary user");
        }
    }

    @Test
    void a_user_without_a_name_has_one_too(@TempDir Path home) throws Exception {
        assumeTrue(Commands.isRoot(), "only root can become somebody else");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));

        try (UserProcess process = UserProcess.startAsNobodyKnown(home, "once")) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
        }

        Path database = home.resolve("database");
        ServerProbe.eventually(
                "server and watchdog end",
                () -> !isUp(database) && ServerProbe.watchdog(database).isEmpty());
        assertThat(Files.getAttribute(database, "unix:uid")).isEqualTo(UserProcess.WITHOUT_NAME);
    }
}
