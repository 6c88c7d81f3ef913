package io.holdfast.sandbox.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs PostgreSQL's own programs, which refuse to run as root, in an environment that holds no surprises. */
final class Commands {

    /** An exit code and what was printed, both streams together. */
    record Result(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }
    }

    private static final int OUTPUT_SHOWN_MAX = 2_000;
    private static final Duration UNSHARE_PATIENCE = Duration.ofSeconds(10);

    private final Path scratch;

    /** Output goes to files in the scratch directory, so that a program that stays behind holds no pipe of ours. */
    Commands(Path scratch) {
        this.scratch = scratch;
    }

    static boolean isRoot() {
        return userId() == 0;
    }

    static long userId() {
        return new UnixSystem().getUid();
    }

    /** Runs a PostgreSQL program; as root inside a user namespace, where it sees itself as somebody else. */
    Result runAsOrdinaryUser(List<String> command, Duration patience) {
        return runAsOrdinaryUser(command, "", patience);
    }

    /** Runs a PostgreSQL program that reads the given text. */
    Result runAsOrdinaryUser(List<String> command, String input, Duration patience) {
        if (!isRoot()) {
            return run(command, input, patience);
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return run(wrapped, input, patience);
    }

    /**
     * Checks what PostgreSQL needs of this account.
     *
     * @throws EmbeddedDatabaseException if this is root and user namespaces are not to be had
     */
    void requireOrdinaryUser() {
        if (!isRoot()) {
            return;
        }
        Result result;
        try {
            result = run(List.of("unshare", "-U", "id", "-u"), "", UNSHARE_PATIENCE);
        } catch (EmbeddedDatabaseException e) {
            throw noNamespaces(String.valueOf(e.getMessage()), e);
        }
        if (!result.ok() || "0".equals(result.output().strip())) {
            throw noNamespaces(result.output(), null);
        }
    }

    private static EmbeddedDatabaseException noNamespaces(String output, @Nullable Throwable cause) {
        return new EmbeddedDatabaseException(
                "PostgreSQL does not run as root, and this system gives root no user namespace (unshare -U: "
                        + output.strip()
                        + "). Run as an ordinary user, allow user namespaces, or name a PostgreSQL server of your own"
                        + " by its JDBC URL",
                cause);
    }

    private Result run(List<String> command, String input, Duration patience) {
        try {
            Path exchange = Files.createTempDirectory(scratch, "command-");
            try {
                Files.writeString(exchange.resolve("in"), input);
                return run(command, exchange, patience);
            } finally {
                FileTrees.delete(exchange);
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot run " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    private static Result run(List<String> command, Path exchange, Duration patience) throws IOException {
        Path output = exchange.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(exchange.resolve("in").toFile())
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new EmbeddedDatabaseException(
                        command.get(0) + " did not finish within " + patience.toSeconds() + " s: " + read(output));
            }
            return new Result(process.exitValue(), read(output));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while waiting for " + command.get(0), e);
        }
    }

    private static String read(Path output) throws IOException {
        return tail(new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    }

    /** Returns the end of a text, short enough for an error message. */
    static String tail(String text) {
        String stripped = text.strip();
        return stripped.substring(Math.max(0, stripped.length() - OUTPUT_SHOWN_MAX));
    }
}
