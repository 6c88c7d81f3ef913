package io.holdfast.cli;

import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Result;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out the commands of a file as they come in, some at a time, and prints one result a line. Each line's result
 * is what it would be if the line were alone between those before and after it.
 */
final class PostedFile {

    /** Lines of one batch, so many commands at most. */
    private static final int BATCH_COMMANDS_MAX = 500;

    private final Ledger ledger;
    private final Output output;
    private final CommandLineReader commands;
    private boolean allDone = true;

    /** A line of the batch: its head, and the command, or why there is none. */
    private record Pending(Document head, Optional<Command> command, String objection) {}

    PostedFile(Ledger ledger, Output output) {
        this.ledger = ledger;
        this.output = output;
        this.commands = new CommandLineReader(new Amounts(ledger));
    }

    /** Carries everything out, and tells whether everything was done. */
    ExitCode post(InputStream in) {
        try {
            LineReader lines = new LineReader(in);
            List<Pending> batch = new ArrayList<>();
            int size = 0;
            for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                Pending pending = read(line.get());
                int more = pending.command().map(PostedFile::size).orElse(0);
                if (size + more > BATCH_COMMANDS_MAX) {
                    carryOut(batch);
                    batch.clear();
                    size = 0;
                }
                batch.add(pending);
                size += more;
                if (!lines.ready()) {
                    carryOut(batch);
                    batch.clear();
                    size = 0;
                }
            }
            carryOut(batch);
        } catch (IOException e) {
            throw CommandFailure.invalid("Reading the commands failed: " + e.getMessage());
        }
        return allDone ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private Pending read(LineReader.Line line) {
        Document head = new Document().with("line", line.number());
        if (line.objection().isPresent()) {
            return new Pending(head, Optional.empty(), line.objection().get());
        }
        try {
            JsonObject json = JsonObject.parse(line.text());
            if (json.has("key")) {
                head.with("key", json.text("key"));
            }
            return new Pending(head, Optional.of(commands.read(json)), "");
        } catch (IllegalArgumentException e) {
            return new Pending(head, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private void carryOut(List<Pending> batch) {
        List<Command> ready =
                batch.stream().flatMap(pending -> pending.command().stream()).toList();
        List<Result> results = ready.isEmpty() ? List.of() : ledger.execute(ready);
        int next = 0;
        for (Pending pending : batch) {
            if (pending.command().isEmpty()) {
                allDone = false;
                output.line(ResultDocument.invalid(pending.head(), pending.objection()));
            } else {
                Result result = results.get(next++);
                allDone &= ResultDocument.isDone(result);
                output.line(ResultDocument.of(pending.head(), result));
            }
        }
        output.flush();
    }

    private static int size(Command command) {
        return command instanceof CommandGroup group ? group.commands().size() : 1;
    }
}
