package io.holdfast.sandbox.postgres;

import static io.holdfast.sandbox.postgres.ServerProbe.ask;
import static io.holdfast.sandbox.postgres.ServerProbe.askAll;
import static io.holdfast.sandbox.postgres.ServerProbe.eventually;
import static io.holdfast.sandbox.postgres.ServerProbe.isUp;
import static io.holdfast.sandbox.postgres.ServerProbe.killAndWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several real processes, some of them killed. */
class EmbeddedDatabaseProcessesTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() throws Exception {
        ServerProbe.stop(directory);
    }

    private void lendPrograms() throws Exception {
        ServerArchive.unpackInto(PROGRAMS, message -> {});
        ServerProbe.lendPrograms(PROGRAMS, directory);
    }

    @Test
    void five_first_starts_at_once_share_one_server() throws Exception {
        List<UserProcess> processes = new ArrayList<>();
        try {
            for (int process = 1; process <= 5; process++) {
                processes.add(UserProcess.start(directory, LONG, "once"));
            }
            for (UserProcess process : processes) {
                assertThat(process.awaitExit()).as(process.output()).isZero();
            }

            assertThat(processes.stream().map(this::urlOf)).containsOnly(urlOf(processes.get(0)));
            assertThat(ask(urlOf(processes.get(0)), "select count(*) from notes"))
                    .isEqualTo("5");
        } finally {
            for (UserProcess process : processes) {
                process.close();
            }
        }
    }

    private String urlOf(UserProcess process) {
        try {
            return process.awaitJdbcUrl();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_server_outlives_the_killed_process_that_started_it() throws Exception {
        lendPrograms();
        try (UserProcess starter = UserProcess.start(directory, LONG, "hold")) {
            starter.await("wrote ");
            String server = ask(starter.awaitJdbcUrl(), "select pg_postmaster_start_time()");

            starter.kill();

            try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
                assertThat(ask(database.jdbcUrl(), "select pg_postmaster_start_time()"))
                        .isEqualTo(server);
                assertThat(ask(database.jdbcUrl(), "select count(*) from notes"))
                        .isEqualTo("1");
            }
        }
    }

    @Test
    void no_commit_is_lost_when_the_server_is_killed() throws Exception {
        lendPrograms();
        for (int round = 1; round <= 2; round++) {
            try (UserProcess writer = UserProcess.start(directory, LONG, "write")) {
                eventually("some rows", () -> writer.linesAfter("wrote ").size() > 100);

                killAndWait(ServerProbe.postmaster(directory).orElseThrow());
                writer.awaitExit();

                try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
                    assertThat(askAll(database.jdbcUrl(), "select id from notes"))
                            .containsAll(writer.linesAfter("wrote "));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {400, 1_100, 1_900, 2_800})
    void a_first_start_killed_half_way_does_not_spoil_the_directory(long millis) throws Exception {
        try (UserProcess killed = UserProcess.start(directory, LONG, "hold")) {
            Thread.sleep(millis);
            killed.kill();
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(ask(database.jdbcUrl(), "select 1")).isEqualTo("1");
        }
        EmbeddedDatabase.stop(directory);
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(ask(database.jdbcUrl(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void half_unpacked_programs_and_a_half_made_database_are_done_again() throws Exception {
        lendPrograms();
        EmbeddedDatabase.open(directory).close();
        EmbeddedDatabase.stop(directory);
        Path root = directory.resolve("postgresql");
        Files.delete(root.resolve("server"));
        Path half = Files.createDirectories(root.resolve("server/" + programs() + ".partial/bin"));
        Files.writeString(half.resolve("postgres"), "half a program");
        Files.move(root.resolve("data"), root.resolve("data-partial-7"));
        Files.delete(root.resolve("data-partial-7/PG_VERSION"));

        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(ask(database.jdbcUrl(), "select 1")).isEqualTo("1");
        }
        assertThat(root.resolve("data-partial-7")).doesNotExist();
        assertThat(half).doesNotExist();
    }

    private static String programs() throws Exception {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(PROGRAMS, "server-*")) {
            return found.iterator().next().getFileName().toString();
        }
    }

    @Test
    void a_process_number_used_again_is_not_taken_for_the_server() throws Exception {
        lendPrograms();
        try (UserProcess writer = UserProcess.start(directory, LONG, "hold")) {
            writer.await("wrote ");
            Path file = directory.resolve("postgresql/data/postmaster.pid");
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            killAndWait(ServerProbe.watchdog(directory).orElseThrow());
            killAndWait(ServerProbe.postmaster(directory).orElseThrow());
            lines.set(0, Long.toString(ProcessHandle.current().pid()));
            Files.write(file, lines);
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(ask(database.jdbcUrl(), "select count(*) from notes")).isEqualTo("1");
        }
    }

    @Test
    void an_idle_server_stops_and_a_used_one_does_not() throws Exception {
        lendPrograms();
        try (UserProcess user = UserProcess.start(directory, SHORT, "hold")) {
            user.await("wrote ");

            Thread.sleep(SHORT.multipliedBy(3).toMillis());
            assertThat(isUp(directory)).isTrue();

            user.kill();
            eventually("the server stops", () -> !isUp(directory));
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(ask(database.jdbcUrl(), "select count(*) from notes")).isEqualTo("1");
        }
    }

    @Test
    void commands_in_quick_succession_keep_the_server_up() throws Exception {
        lendPrograms();
        String server = "";
        for (int command = 1; command <= 12; command++) {
            try (EmbeddedDatabase database = EmbeddedDatabase.open(directory, SHORT, message -> {})) {
                String answer = ask(database.jdbcUrl(), "select pg_postmaster_start_time()");
                assertThat(answer).isEqualTo(command == 1 ? answer : server);
                server = answer;
            }
            Thread.sleep(SHORT.dividedBy(3).toMillis());
        }
        eventually("the server stops", () -> !isUp(directory));
    }

    @Test
    void a_session_of_another_program_counts_as_use() throws Exception {
        lendPrograms();
        EmbeddedDatabase database = EmbeddedDatabase.open(directory, SHORT, message -> {});
        try (Connection session = DriverManager.getConnection(database.jdbcUrl())) {
            database.close();

            Thread.sleep(SHORT.multipliedBy(3).toMillis());

            assertThat(session.isValid(5)).isTrue();
        }
        eventually("the server stops", () -> !isUp(directory));
    }

    @Test
    void a_killed_watchdog_is_replaced_by_the_next_command() throws Exception {
        lendPrograms();
        EmbeddedDatabase.open(directory, SHORT, message -> {}).close();
        eventually("a watchdog", () -> ServerProbe.watchdog(directory).isPresent());
        killAndWait(ServerProbe.watchdog(directory).orElseThrow());
        Thread.sleep(SHORT.multipliedBy(3).toMillis());
        assertThat(isUp(directory)).isTrue();

        EmbeddedDatabase.open(directory, SHORT, message -> {}).close();

        eventually("the server stops", () -> !isUp(directory));
    }

    @Test
    void the_watchdog_takes_over_the_server_that_replaces_a_killed_one() throws Exception {
        lendPrograms();
        for (int round = 1; round <= 3; round++) {
            EmbeddedDatabase.open(directory, SHORT, message -> {}).close();
            killAndWait(ServerProbe.postmaster(directory).orElseThrow());
        }
        EmbeddedDatabase.open(directory, SHORT, message -> {}).close();

        eventually("the server stops", () -> !isUp(directory));
    }

    @Test
    void a_temporary_database_goes_with_its_process() throws Exception {
        ServerArchive.unpackInto(PROGRAMS, message -> {});
        String place;
        try (UserProcess user = UserProcess.start(PROGRAMS, LONG, "temporary")) {
            user.await("wrote ");
            place = ask(user.awaitJdbcUrl(), "show data_directory");
            assertThat(Path.of(place)).exists();

            user.kill();
        }
        Path root = Path.of(place).resolve("../..").normalize();
        eventually("the directory goes", () -> !Files.exists(root));
    }

    @Test
    void a_temporary_database_is_deleted_when_closed_and_lives_through_lost_sessions() throws Exception {
        String place;
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary(PROGRAMS)) {
            place = ask(database.jdbcUrl(), "show data_directory");
            ask(
                    database.jdbcUrl(),
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid()");
            Thread.sleep(SHORT.multipliedBy(4).toMillis());
            assertThat(ask(database.jdbcUrl(), "show fsync")).isEqualTo("off");
        }
        assertThat(Path.of(place).resolve("../..").normalize()).doesNotExist();
    }
}
