package io.holdfast.cli;

import io.holdfast.ledger.Command;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import java.util.List;
import java.util.function.Function;

/** What the commands work with: the options everybody takes, the output, and the way to the ledger. */
final class CommandContext {

    private final Surroundings surroundings;
    private final GlobalOptions options;
    private final Output output;

    CommandContext(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
        this.output = new Output(surroundings.out(), surroundings.err(), options);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    GlobalOptions options() {
        return options;
    }

    Output output() {
        return output;
    }

    /** Opens the ledger for the length of some work. */
    <T> T with(Function<Workplace, T> work) {
        try (Workplace workplace = Workplace.open(options, surroundings, output::note)) {
            return work.apply(workplace);
        }
    }

    /** Carries out one command and prints what became of it; the text is for people, when it was carried out. */
    int execute(Ledger ledger, KeyedCommand command, String done) {
        Result result = ledger.execute(List.<Command>of(command)).get(0);
        if (result instanceof Result.Refused refused) {
            return refused(command, refused.refusal());
        }
        Document document = ResultDocument.of(head(command), result);
        String replay = result instanceof Result.Replayed ? " (done before, under the same key)" : "";
        output.result(document, done + replay + "\n" + ResultDocument.receipt(document));
        return ExitCode.DONE.number();
    }

    private static int refused(KeyedCommand command, Refusal refusal) {
        if (refusal instanceof Refusal.Malformed) {
            throw CommandFailure.invalid(refusal.message());
        }
        Document document =
                ResultDocument.of(head(command), new Result.Refused(refusal)).with("refused", refusal.code());
        throw CommandFailure.refused(document, refusal.code() + ": " + refusal.message());
    }

    private static Document head(KeyedCommand command) {
        return new Document().with("line", 1).with("key", command.key().value());
    }
}
