package io.holdfast.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** In which form a report is wanted, and where. */
final class ReportOptions {

    /** The forms. */
    enum Format {
        TABLE,
        CSV,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One report in all its forms, each made when it is asked for. */
    record Report(Supplier<Document> document, Supplier<String> table, Supplier<String> csv) {}

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: table, or json with --json")
    private Optional<Format> format = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write the report to a file instead of standard output")
    private Optional<String> file = Optional.empty();

    /** Puts a report where it is wanted. */
    void write(CommandContext context, Report report) {
        boolean json = context.options().json();
        Format form = format.orElse(json ? Format.JSON : Format.TABLE);
        if (json && form != Format.JSON && file.isEmpty()) {
            throw CommandFailure.invalid("--json and --format " + form + " contradict each other");
        }
        String text = switch (form) {
            case TABLE -> report.table().get();
            case CSV -> report.csv().get();
            case JSON -> JsonText.of(report.document().get()) + "\n";
        };
        if (file.isEmpty()) {
            context.output().text(text);
            return;
        }
        try {
            Files.writeString(context.surroundings().resolve(file.get()), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailure.invalid("Cannot write " + file.get() + ": " + e);
        }
        context.output().result(new Document().with("written", file.get()), "Wrote " + file.get());
    }
}
