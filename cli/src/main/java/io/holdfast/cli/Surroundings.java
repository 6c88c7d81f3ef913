package io.holdfast.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it, so that nothing in it asks the process directly.
 *
 * @param in standard input
 * @param out standard output: results
 * @param err standard error: messages, progress, logs
 * @param environment environment variables
 * @param directory the current directory
 * @param clock the time of day
 */
record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path directory,
        Clock clock) {

    /** Returns an environment variable that is set to something. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Returns the path of a file named on the command line. */
    Path resolve(String file) {
        return directory.resolve(file);
    }
}
