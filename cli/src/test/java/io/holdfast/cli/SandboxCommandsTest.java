package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a person uses it: started, its sections taken over into the configuration, and paid through. */
@Timeout(120)
class SandboxCommandsTest {

    private static final List<String> PAYOUTS = List.of(
            "nkwa XAF +237670000001",
            "rohopay UGX +256772000001",
            "rohopay KES +254712000001",
            "rohopay TZS +255754000002",
            "rohopay RWF +250788000002",
            "snippe TZS +255754000001",
            "wistfare RWF +250788000001",
            "zopay XAF +237690000001");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Thread playing = new Thread();

    @AfterEach
    void stop() throws InterruptedException {
        playing.interrupt();
        playing.join();
    }

    /** Starts the sandbox, and returns what it says once it plays. */
    private String start(String... arguments) throws InterruptedException {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]), stream, stream, Map.of(), directory, Clock.systemUTC());
        playing = new Thread(() -> HoldfastCommand.run(surroundings, arguments));
        playing.start();
        while (out.size() == 0 && playing.isAlive()) {
            Thread.sleep(20);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void all_providers_are_played_and_pay_by_the_sections_that_are_printed() throws Exception {
        String said = start("sandbox", "start", "--settle-after", "0");
        Files.writeString(
                directory.resolve("holdfast.yaml"),
                said.substring(said.indexOf("providers:")) + "processing: {poll: [100ms]}\n");

        try (TestDatabase database = TestDatabase.create()) {
            Shell shell = Shell.on(directory, database.jdbcUrl());
            for (String payout : PAYOUTS) {
                String[] words = payout.split(" ", -1);
                shell.requestPayout(payout, words[0], words[1], words[2]);
            }
            Shell.Run run = shell.run("payout", "run", "--until-idle", "--max-seconds", "60", "--json");

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            for (String payout : PAYOUTS) {
                assertThat(shell.run("payout", "show", payout, "--json").out())
                        .as(payout)
                        .contains("\"status\":\"SUCCEEDED\"", "\"provider\":\"" + payout.split(" ", -1)[0] + "\"");
            }
        }
    }

    @Test
    void one_provider_is_played_where_and_as_it_is_asked_for() throws Exception {
        Files.writeString(directory.resolve("script"), "next REJECTED\n");

        String said = start(
                "sandbox",
                "start",
                "--provider",
                "nkwa",
                "--callback-url",
                "http://127.0.0.1:9/hook",
                "--script",
                "script",
                "--json");

        assertThat(said)
                .startsWith("{\"provider\":\"nkwa\",\"baseUrl\":\"http://127.0.0.1:")
                .contains("\"callbackUrl\":\"http://127.0.0.1:9/hook\"");
    }

    @Test
    void where_all_are_played_each_calls_back_at_a_place_of_its_own() throws Exception {
        String said = start("sandbox", "start", "--callback-url", "http://127.0.0.1:9/hook/", "--json");

        assertThat(said)
                .startsWith("{\"providers\":[{\"provider\":\"snippe\",")
                .contains("\"wireScale\":{\"KES\":0,\"TZS\":0},\"callbackUrl\":\"http://127.0.0.1:9/hook/rohopay\"")
                .contains("\"callbackUrl\":\"http://127.0.0.1:9/hook/nkwa\"");
    }

    @Test
    void a_provider_that_nobody_plays_is_refused_with_those_that_are() throws Exception {
        String said = start("sandbox", "start", "--provider", "paypal");

        assertThat(said).contains("no simulator of \"paypal\"", "snippe, rohopay, nkwa, wistfare, zopay");
    }

    @Test
    void a_port_that_is_taken_is_told_once() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said =
                    start("sandbox", "start", "--provider", "nkwa", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(said)
                    .startsWith("The simulator cannot listen on port " + taken.getLocalPort() + " of 127.0.0.1: ")
                    .containsOnlyOnce("cannot listen")
                    .endsWith(". Choose another port, or 0 for a free one\n");
        }
    }

    @Test
    void a_script_that_cannot_be_read_is_told_before_anything_is_played() throws Exception {
        Files.write(directory.resolve("latin1"), new byte[] {'n', 'e', 'x', 't', ' ', (byte) 0xE9});

        Shell shell = new Shell(directory, Map.of());

        assertThat(shell.run("sandbox", "start", "--script", "nothing").err()).isEqualTo("There is no file nothing\n");
        assertThat(shell.run("sandbox", "start", "--script", "latin1").err()).isEqualTo("latin1 is not UTF-8\n");
    }
}
