package io.holdfast.cli;

import io.holdfast.sandbox.postgres.EmbeddedDatabase;
import io.holdfast.sandbox.postgres.EmbeddedDatabaseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holdfast stop}. */
@Command(
        name = "stop",
        description = {
            "Stops the current directory's embedded database.",
            "Nothing is lost: the next command starts it again."
        })
final class StopCommand implements Callable<Integer> {

    private final CommandContext context;

    StopCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        boolean stopped;
        try {
            stopped = EmbeddedDatabase.stop(
                    Database.embeddedIn(context.surroundings().directory()));
        } catch (EmbeddedDatabaseException e) {
            throw CommandFailure.of(ExitCode.INVALID, "DATABASE_UNAVAILABLE", String.valueOf(e.getMessage()));
        }
        context.output()
                .result(
                        new Document().with("stopped", stopped),
                        stopped ? "Stopped the embedded database" : "The embedded database was not running");
        return ExitCode.DONE.number();
    }
}
