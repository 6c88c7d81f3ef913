package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the project's root, as a process, in a project of its own with a Maven that only copies a jar. */
class LauncherTest {

    private static final String VERSION = "holdfast " + HoldfastCommand.VERSION + "\n";
    private static final String MAVEN = """
            #!/bin/sh
            echo "$PWD $*" >>"$BUILDS"
            cat >/dev/null
            sleep "${MAVEN_SECONDS:-0}"
            echo compiling noisily
            [ -z "${MAVEN_FAILS:-}" ] || exit 1
            mkdir -p cli/target/lib && cp holdfast-cli.jar cli/target/
            """;

    private Path root = Path.of("");
    private Path project = Path.of("");
    private Path elsewhere = Path.of("");

    @BeforeEach
    void project(@TempDir Path temporary) throws IOException {
        root = temporary.toRealPath();
        project = root.resolve("a project");
        elsewhere = Files.createDirectories(root.resolve("else where"));
        for (String module : List.of("db", "ledger-core", "payout-module", "provider-adapters", "sandbox", "cli")) {
            Files.createDirectories(project.resolve(module).resolve("src/main/java"));
            Files.writeString(project.resolve(module).resolve("pom.xml"), "<project/>");
        }
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.copy(Path.of("..", "holdfast"), project.resolve("holdfast"));
        jar(project.resolve("holdfast-cli.jar"));
        Path maven =
                Files.writeString(Files.createDirectories(root.resolve("bin")).resolve("mvn"), MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        assertThat(project.resolve("holdfast").toFile().setExecutable(true)).isTrue();
        age();
    }

    @Test
    void the_first_use_builds_and_the_next_starts_at_once() throws Exception {
        Shell.Run first = run("--version");
        Shell.Run second = run("--version");

        assertThat(first).isEqualTo(new Shell.Run(0, VERSION, first.err()));
        assertThat(first.err()).contains("holdfast: building the command", "compiling noisily", "holdfast: built");
        assertThat(second).isEqualTo(new Shell.Run(0, VERSION, ""));
        assertThat(builds()).hasSize(1).first().asString().startsWith(project + " -q ");
    }

    @Test
    void a_source_that_changed_or_went_away_is_built_again() throws Exception {
        Path source = Files.writeString(project.resolve("db/src/main/java/A.java"), "class A {}");
        age();
        run("--version");
        Files.writeString(project.resolve("ledger-core/src/main/java/B.java"), "class B {}");
        run("--version");
        Files.delete(source);
        run("--version");
        run("--version");

        assertThat(builds()).hasSize(3);
    }

    @Test
    void parallel_first_uses_build_once() throws Exception {
        List<Processes.Running> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(start(Map.of("MAVEN_SECONDS", "1"), "", "--version"));
        }

        for (Processes.Running one : running) {
            Shell.Run run = one.end();
            assertThat(run).isEqualTo(new Shell.Run(0, VERSION, run.err()));
        }
        assertThat(builds()).hasSize(1);
    }

    @Test
    void a_lock_whose_owner_is_gone_is_void() throws Exception {
        Path lock = Files.createDirectories(project.resolve("target/launcher.lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

        assertThat(run("--version").out()).isEqualTo(VERSION);
        assertThat(lock).doesNotExist();
    }

    @Test
    void a_build_that_failed_is_told_and_tried_again() throws Exception {
        Shell.Run failed = start(Map.of("MAVEN_FAILS", "yes"), "", "--version").end();
        Shell.Run again = run("--version");

        assertThat(failed.exitCode()).isEqualTo(2);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).endsWith("holdfast: the build failed; what Maven says about it is above\n");
        assertThat(again.out()).isEqualTo(VERSION);
    }

    @Test
    void a_java_that_is_too_old_is_told() throws Exception {
        Path old = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();

        Shell.Run run = start(Map.of("JAVA_HOME", root.resolve("jdk").toString()), "", "--version")
                .end();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Java 11 is too old", "install a JDK 17 or later");
    }

    @Test
    void it_works_through_links_from_anywhere_in_any_locale_and_leaves_input_to_the_command() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("hf"), Path.of("../a project/holdfast"));
        Path second = Files.createSymbolicLink(root.resolve("bin/holdfast"), link);
        try (TestDatabase database = TestDatabase.create()) {
            Map<String, String> environment =
                    Map.of("LC_ALL", "C", Database.URL_VARIABLE, database.jdbcUrl(), "MAVEN_SECONDS", "0");
            start(environment, "", List.of(link.toString(), "wallet", "open", "alice", "TZS"))
                    .end();
            String line = "{\"key\":\"k\",\"description\":\"Überweisung ✓\",\"postings\":["
                    + "{\"account\":\"assets:bank\",\"side\":\"debit\",\"amount\":{\"currency\":\"TZS\",\"value\":\"1\"}},"
                    + "{\"account\":\"liabilities:wallets:alice\",\"side\":\"credit\","
                    + "\"amount\":{\"currency\":\"TZS\",\"value\":\"1\"}}]}";
            start(environment, "", List.of("env", "holdfast", "account", "open", "assets:bank", "TZS"))
                    .end();
            Files.delete(project.resolve("cli/target/launcher.stamp"));

            Shell.Run posted = start(environment, line, List.of(second.toString(), "post", "--file", "-"))
                    .end();
            Shell.Run again = start(
                            environment,
                            "",
                            List.of(
                                    "env",
                                    "holdfast",
                                    "post",
                                    "--key",
                                    "k",
                                    "--describe",
                                    "Überweisung ✓",
                                    "--debit",
                                    "assets:bank",
                                    "TZS 1",
                                    "--credit",
                                    "liabilities:wallets:alice",
                                    "TZS 1",
                                    "--json"))
                    .end();

            assertThat(posted.out()).contains("\"result\":\"recorded\"");
            assertThat(again.out()).contains("\"result\":\"replayed\"");
        }
    }

    private Shell.Run run(String... words) throws Exception {
        return start(Map.of(), "", words).end();
    }

    private Processes.Running start(Map<String, String> environment, String input, String... words) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(project.resolve("holdfast").toString()), Arrays.stream(words))
                .toList();
        return start(environment, input, command);
    }

    private Processes.Running start(Map<String, String> environment, String input, List<String> command)
            throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "PATH", root.resolve("bin") + ":" + System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home"),
                "BUILDS", root.resolve("builds").toString()));
        all.putAll(environment);
        return Processes.start(elsewhere, all, input, command);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("builds"));
    }

    /** Makes everything so old that the stamp of a build is newer even where times are kept in seconds. */
    private void age() throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            }
        }
    }

    /** Writes a jar that starts the command from this test's own classes. */
    private static void jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
    }
}
