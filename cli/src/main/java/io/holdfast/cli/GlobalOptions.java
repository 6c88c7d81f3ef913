package io.holdfast.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its name. */
final class GlobalOptions {

    static final String DEFAULT_LEDGER = "main";

    private static final int NAME_MAX = 50;

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "the PostgreSQL to use; default: $HOLDFAST_JDBC_URL, else one embedded in this directory")
    private Optional<String> jdbcUrl = Optional.empty();

    @Option(
            names = "--ledger",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "which ledger; default: " + DEFAULT_LEDGER)
    private Optional<String> ledger = Optional.empty();

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            scope = ScopeType.INHERIT,
            description = "in which the ledger's business dates are counted, such as Africa/Kampala: settled when the"
                    + " ledger is opened, and refused if it has another; default: the one it has, UTC for a new one")
    private Optional<String> timeZone = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "providers, routes and fees; default: holdfast.yaml if there is one")
    private Optional<String> config = Optional.empty();

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "in whose name to write; default: the database login")
    private Optional<String> actor = Optional.empty();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "print one JSON document on standard output, everything else on standard error")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help and exit")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    Optional<String> jdbcUrl() {
        return jdbcUrl;
    }

    String ledger() {
        return ledger.orElse(DEFAULT_LEDGER);
    }

    /**
     * Returns the zone that was asked for.
     *
     * @throws CommandFailure if there is no such zone
     */
    Optional<ZoneId> timeZone() {
        return timeZone.map(id -> {
            try {
                return ZoneId.of(id);
            } catch (DateTimeException unknown) {
                throw CommandFailure.invalid("Time zone \"" + Excerpts.of(id, NAME_MAX)
                        + "\" is unknown; name one as the IANA does, such as Africa/Kampala");
            }
        });
    }

    Optional<String> config() {
        return config;
    }

    Optional<String> actor() {
        return actor;
    }

    boolean json() {
        return json;
    }
}
