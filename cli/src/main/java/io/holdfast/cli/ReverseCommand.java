package io.holdfast.cli;

import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Reversal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast reverse}. */
@Command(name = "reverse", description = "Undoes an entry, wholly or in part, with a linked entry.")
final class ReverseCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "ENTRY", description = "the entry's id")
    private Optional<UUID> entry = Optional.empty();

    @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key of the reversal")
    private String key = "";

    @Option(
            names = "--amount",
            paramLabel = "AMOUNT",
            description = "undo only so much of an entry of two postings, such as \"TZS 100.00\"")
    private Optional<String> amount = Optional.empty();

    @Mixin
    private DetailOptions details = new DetailOptions();

    ReverseCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        EntryReference original = EntryReference.of(entry.orElseThrow());
        return context.with(place -> context.execute(
                place.ledger(),
                new Reversal(Key.of(key), details.read(), original, amount.map(place.amounts()::money), List.of()),
                "Reversed entry " + original));
    }
}
