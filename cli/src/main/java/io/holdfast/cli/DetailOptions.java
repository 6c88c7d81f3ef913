package io.holdfast.cli;

import io.holdfast.ledger.Details;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that writes an entry may say about it. */
final class DetailOptions {

    @Option(
            names = "--effective",
            paramLabel = "DATE",
            description = "the business date, 2026-01-31; default: today in the ledger's time zone")
    private Optional<LocalDate> effective = Optional.empty();

    @Option(names = "--describe", paramLabel = "TEXT", description = "what it is about")
    private Optional<String> description = Optional.empty();

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    Details read() {
        Details details = Details.NONE.describedAs(description.orElse("")).withMetadata(metadata.read());
        return effective.map(details::effectiveOn).orElse(details);
    }
}
