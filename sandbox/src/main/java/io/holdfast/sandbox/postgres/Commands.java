package io.holdfast.sandbox.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs PostgreSQL's own programs, which refuse to run as root or as a user whom the system has no name for, in an
 * environment that holds no surprises.
 */
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
        UnixSystem system = new UnixSystem();
        return system.getUsername() == null ? ownerOfWhatIsMade() : system.getUid();
    }

    /** The JDK tells nothing about a user without a name, as containers run with: its number is that on its files. */
    private static long ownerOfWhatIsMade() {
        try {
            Path made = Files.createTempFile("holdfast-", ".user");
            try {
                return ((Number) Files.getAttribute(made, "unix:uid")).longValue();
            } finally {
                Files.delete(made);
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot tell which user this is: " + e, e);
        }
    }

    /** Returns whom PostgreSQL would not run as, if this is one of them. */
    private static Optional<String> notOrdinary() {
        if (isRoot()) {
            return Optional.of("root");
        }
        return new UnixSystem().getUsername() == null
                ? Optional.of("uid " + userId() + ", which has no entry in /etc/passwd")
                : Optional.empty();
    }

    /** Runs a PostgreSQL program; if need be inside a user namespace, where it sees itself as somebody else. */
    Result runAsOrdinaryUser(List<String> command, Duration patience) {
        return runAsOrdinaryUser(command, "", patience);
    }

    /** Runs a PostgreSQL program that reads the given text. */
    Result runAsOrdinaryUser(List<String> command, String input, Duration patience) {
        if (notOrdinary().isEmpty()) {
            return run(command, input, patience);
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return run(wrapped, input, patience);
    }

    /**
     * Checks what PostgreSQL needs of this account.
     *
     * @throws EmbeddedDatabaseException if this is root or a user without a name, and user namespaces are not to be had
     */
    void requireOrdinaryUser() {
        notOrdinary().ifPresent(this::requireNamespaces);
    }

    private void requireNamespaces(String user) {
        Result result;
        try {
            result = run(List.of("unshare", "-U", "id", "-u"), "", UNSHARE_PATIENCE);
        } catch (EmbeddedDatabaseException e) {
            throw noNamespaces(user, String.valueOf(e.getMessage()), e);
        }
        if (!result.ok() || "0".equals(result.output().strip())) {
            throw noNamespaces(user, result.output(), null);
        }
    }

    private static EmbeddedDatabaseException noNamespaces(String user, String output, @Nullable Throwable cause) {
        return new EmbeddedDatabaseException(
                "PostgreSQL does not run as " + user + ", and this system gives it no user namespace (unshare -U: "
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
