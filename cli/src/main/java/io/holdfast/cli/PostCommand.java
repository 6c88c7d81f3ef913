package io.holdfast.cli;

import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast post}. */
@Command(
        name = "post",
        description = {
            "Records a journal entry, or all commands of a file.",
            "The same key with the same content is recorded once; with other content it is refused."
        })
final class PostCommand implements Callable<Integer> {

    private final CommandContext context;

    @Option(names = "--key", paramLabel = "KEY", description = "idempotency key")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "a file of commands, one JSON object a line (- for standard input);"
                    + " prints one JSON result a line, in the same order")
    private Optional<String> file = Optional.empty();

    @Mixin
    private PostingOptions postings = new PostingOptions();

    @Mixin
    private DetailOptions details = new DetailOptions();

    PostCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (file.isPresent()) {
            if (key.isPresent() || !postings.isEmpty()) {
                throw CommandFailure.invalid(
                        "--file brings keys and postings of its own: leave out --key, --debit, --credit");
            }
            return postFile(file.get());
        }
        String given = key.orElseThrow(
                () -> CommandFailure.invalid("Missing --key KEY, the idempotency key (or --file FILE)"));
        return context.with(place -> context.execute(
                place.ledger(),
                new JournalEntry(Key.of(given), details.read(), postings.read(place.amounts())),
                "Recorded \"" + given + "\""));
    }

    private int postFile(String name) {
        return new InputFile(context.surroundings(), name)
                .read(in -> context.with(place -> new PostedFile(place.ledger(), context.output()).post(in)))
                .number();
    }
}
