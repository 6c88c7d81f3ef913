package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;

/** Runs commands in this process, against one database, as a shell in one directory would. */
final class Shell {

    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** What a command left behind. */
    record Run(int exitCode, String out, String err) {

        /** Standard output with what differs from run to run replaced by names. */
        String shape() {
            return out.replaceAll(ID, "<id>")
                    .replaceAll("\"[0-9a-f]{64}\"", "\"<hash>\"")
                    .replaceAll("\"20[0-9]{2}-[0-9-]*T[0-9:.]*Z\"", "\"<instant>\"");
        }

        /** The value of a text field, the first of that name. */
        String field(String name) {
            String before = "\"" + name + "\":\"";
            int start = out.indexOf(before) + before.length();
            return out.substring(start, out.indexOf('"', start));
        }
    }

    private final Path directory;
    private final Map<String, String> environment;

    Shell(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    static Shell on(Path directory, String jdbcUrl) {
        return new Shell(directory, Map.of(Database.URL_VARIABLE, jdbcUrl));
    }

    Run run(String... arguments) {
        return pipe(new byte[0], arguments);
    }

    /** Funds alice's wallet of a currency, and requests a payout of 5,000 from it. */
    void requestPayout(String key, String provider, String currency, String to) {
        run("wallet", "open", "alice", currency);
        run("wallet", "fund", "alice", currency + " 9000", "--key", "fund:" + key);
        String[] words = {"payout", "send", "--key", key, "--provider", provider, "--wallet", "alice", "--to", to};
        Run sent = run(Stream.concat(Stream.of(words), Stream.of("--amount", currency + " 5000"))
                .toArray(String[]::new));
        assertThat(sent.exitCode()).as(sent.out() + sent.err()).isZero();
    }

    Run pipe(String input, String... arguments) {
        return pipe(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    Run pipe(byte[] input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                directory,
                Clock.systemUTC());
        int exitCode = HoldfastCommand.run(surroundings, arguments);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
