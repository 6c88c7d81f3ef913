package io.holdfast.cli;

import io.holdfast.ledger.AsOf;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The point on both time axes that a report is about. */
final class AsOfOptions {

    @Option(
            names = "--effective",
            paramLabel = "DATE",
            description = "the last business date that counts, 2026-01-31; default: every date")
    private Optional<LocalDate> effective = Optional.empty();

    @Option(
            names = "--recorded-by",
            paramLabel = "INSTANT",
            description = "only what was recorded by then, 2026-02-01T00:00:00Z; default: everything")
    private Optional<Instant> recordedBy = Optional.empty();

    /** Returns the point that was named, if one was. */
    Optional<AsOf> read() {
        return effective.isEmpty() && recordedBy.isEmpty()
                ? Optional.empty()
                : Optional.of(new AsOf(effective, recordedBy));
    }
}
