package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands without a URL: real processes on the embedded database of a directory. */
class EmbeddedTest {

    @Test
    void simultaneous_first_commands_create_one_database_and_lose_nothing(@TempDir Path directory) throws Exception {
        try {
            List<Processes.Running> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(start(directory, "wallet", "open", "owner" + i, "TZS", "--json"));
            }
            for (Processes.Running one : running) {
                Shell.Run run = one.end();
                assertThat(run.exitCode()).as(run.err()).isZero();
                assertThat(run.out().lines()).hasSize(1);
            }

            assertThat(run(directory, "stop").out()).isEqualTo("Stopped the embedded database\n");
            assertThat(run(directory, "stop", "--json").out()).isEqualTo("{\"stopped\":false}\n");
            assertThat(run(directory, "account", "list").out())
                    .contains("wallets:owner0", "wallets:owner1", "wallets:owner2", "wallets:owner3");
        } finally {
            run(directory, "stop");
        }
    }

    @Test
    void a_killed_command_loses_nothing_that_was_recorded(@TempDir Path directory) throws Exception {
        try {
            run(directory, "wallet", "open", "alice", "TZS");
            run(directory, "wallet", "fund", "alice", "TZS 5", "--key", "k1");
            Processes.Running waiting = start(directory, "post", "--file", "/dev/zero");
            waiting.process().destroyForcibly().waitFor();

            assertThat(run(directory, "balance", "liabilities:wallets:alice", "--json")
                            .out())
                    .contains("\"total\":{\"currency\":\"TZS\",\"value\":\"5.00\"}");
        } finally {
            run(directory, "stop");
        }
    }

    private static Shell.Run run(Path directory, String... words) throws Exception {
        return start(directory, words).end();
    }

    private static Processes.Running start(Path directory, String... words) throws Exception {
        List<String> command =
                Stream.concat(Processes.java().stream(), Stream.of(words)).toList();
        return Processes.start(directory, Map.of(), "", command);
    }
}
