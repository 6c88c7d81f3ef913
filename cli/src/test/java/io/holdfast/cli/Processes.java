package io.holdfast.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts real processes, whose input and output are files. */
final class Processes {

    private static final int PATIENCE_SECONDS = 120;

    /** A process under way. */
    record Running(Process process, Path out, Path err) {

        Shell.Run end() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Still running: " + process.info() + ", said " + Files.readString(err));
            }
            return new Shell.Run(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    private Processes() {}

    /** The command line that starts the CLI with this test's own classes. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.holdfast.cli.Main");
    }

    static Running start(Path directory, Map<String, String> environment, String input, List<String> command)
            throws IOException {
        Path files = Files.createTempDirectory(directory, "process");
        Path in = Files.writeString(files.resolve("in"), input, StandardCharsets.UTF_8);
        Path out = files.resolve("out");
        Path err = files.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }
}
