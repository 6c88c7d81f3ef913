package io.holdfast.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** The process. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Guice would generate classes by ways that newer JDKs warn of, and be no faster for it.
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        Surroundings surroundings = new Surroundings(
                new FileInputStream(FileDescriptor.in),
                out,
                err,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC());
        int exitCode = HoldfastCommand.run(surroundings, arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
