package io.holdfast.cli;

import io.holdfast.ledger.Command;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.guice.LedgerConfig;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What the commands work with: the options everybody takes, the output, and the way to the ledger. */
final class CommandContext {

    private static final String CONFIGURATION_FILE = "holdfast.yaml";

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

    /** Goes to the ledger for the length of some work. One other than the usual has to be there: its name may be mistyped. */
    <T> T with(Function<Workplace, T> work) {
        return with(
                work, options.ledger().equals(GlobalOptions.DEFAULT_LEDGER) ? same -> same : LedgerConfig::thatExists);
    }

    /** Goes to the ledger for the length of some work with which a ledger begins, and opens it if it is not there. */
    <T> T withNew(Function<Workplace, T> work) {
        return with(work, same -> same);
    }

    private <T> T with(Function<Workplace, T> work, UnaryOperator<LedgerConfig> ledger) {
        // Whatever is wrong with the configuration shows before anything is started or written.
        Configuration configuration = configuration();
        try (Workplace workplace = open(configuration, ledger)) {
            return work.apply(workplace);
        }
    }

    private Workplace open(Configuration configuration, UnaryOperator<LedgerConfig> ledger) {
        return Workplace.open(options, surroundings, configuration, ledger, output::note);
    }

    /** Reads the configuration: the file that was named, else the usual one if it is there. */
    Configuration configuration() {
        String file = options.config().orElse(CONFIGURATION_FILE);
        try {
            return Configuration.read(file, Files.readString(surroundings.resolve(file)));
        } catch (NoSuchFileException e) {
            if (options.config().isPresent()) {
                throw CommandFailure.invalid("There is no configuration file " + file);
            }
            return Configuration.EMPTY;
        } catch (CharacterCodingException e) {
            throw CommandFailure.of(ExitCode.INVALID, "CONFIGURATION", file + " is not UTF-8");
        } catch (IOException e) {
            throw CommandFailure.of(ExitCode.INVALID, "CONFIGURATION", file + " cannot be read: " + e);
        }
    }

    /** Carries out one command and prints what became of it; the text is for people, when it was carried out. */
    int execute(Ledger ledger, KeyedCommand command, String done) {
        return execute(ledger, command, () -> done);
    }

    /** The same, with a text that says what else was done once it was carried out. */
    int execute(Ledger ledger, KeyedCommand command, Supplier<String> done) {
        Result result = ledger.execute(List.<Command>of(command)).get(0);
        if (result instanceof Result.Refused refused) {
            return refused(command, refused.refusal());
        }
        Document document = ResultDocument.of(head(command), result);
        String replay = result instanceof Result.Replayed ? " (done before, under the same key)" : "";
        output.result(document, done.get() + replay + "\n" + ResultDocument.receipt(document));
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
