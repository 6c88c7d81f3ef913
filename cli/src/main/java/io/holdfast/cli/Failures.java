package io.holdfast.cli;

import com.google.inject.ProvisionException;
import io.holdfast.db.SchemaVersionException;
import io.holdfast.ledger.Refused;
import java.sql.SQLException;
import java.util.Optional;

/** Tells what an exception means to the person who asked: the one place where exceptions become exit codes. */
final class Failures {

    private static final String CONNECTION = "08";
    private static final String LOGIN = "28";
    private static final String NO_DATABASE = "3D";
    private static final String NO_ROOM = "53";
    private static final String STOPPED_BY_OPERATOR = "57P";
    private static final String NO_RIGHT = "42501";
    private static final String TRY_AGAIN = "40";
    private static final int CAUSES_MAX = 20;

    private Failures() {}

    /** Returns the failure that an exception stands for; empty if it is a bug of Holdfast's. */
    static Optional<CommandFailure> of(Throwable reported) {
        // Guice tells of what went wrong where it put things together.
        Throwable thrown =
                reported instanceof ProvisionException && reported.getCause() != null ? reported.getCause() : reported;
        if (thrown instanceof CommandFailure failure) {
            return Optional.of(failure);
        }
        if (thrown instanceof Refused refused) {
            return Optional.of(CommandFailure.refused(
                    RefusalDocument.of(refused.refusal()), String.valueOf(refused.getMessage())));
        }
        if (thrown instanceof SchemaVersionException) {
            return Optional.of(CommandFailure.of(ExitCode.INVALID, "SCHEMA", String.valueOf(thrown.getMessage())));
        }
        Optional<CommandFailure> ofDatabase = sqlCause(thrown).flatMap(Failures::ofDatabase);
        if (ofDatabase.isEmpty() && thrown instanceof IllegalArgumentException) {
            return Optional.of(CommandFailure.invalid(String.valueOf(thrown.getMessage())));
        }
        return ofDatabase;
    }

    private static Optional<CommandFailure> ofDatabase(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith(CONNECTION) || state.startsWith(STOPPED_BY_OPERATOR) || state.startsWith(NO_ROOM)) {
            return Optional.of(CommandFailure.of(
                    ExitCode.IN_DOUBT,
                    "CONNECTION_LOST",
                    "The database was lost while the command ran, so it is not known whether it was carried out: "
                            + firstLine(e)
                            + ". Run the same command again; under the same key nothing happens twice."));
        }
        if (state.startsWith(TRY_AGAIN)) {
            return Optional.of(CommandFailure.of(
                    ExitCode.IN_DOUBT,
                    "TRY_AGAIN",
                    "The database gave another writer precedence and nothing was written: " + firstLine(e)
                            + ". Run the same command again."));
        }
        if (state.equals(NO_RIGHT)) {
            return Optional.of(CommandFailure.of(
                    ExitCode.INVALID, "NO_RIGHT", "The database login lacks a right: " + firstLine(e)));
        }
        return Optional.empty();
    }

    /** Returns the failure of a connection that could not be made in the first place. */
    static Optional<CommandFailure> ofConnecting(String server, Throwable thrown) {
        return sqlCause(thrown).map(e -> {
            String state = String.valueOf(e.getSQLState());
            String todo = " Is the server running, and the URL right?";
            if (state.startsWith(LOGIN)) {
                todo = " Check the user and password of the URL.";
            } else if (state.startsWith(NO_DATABASE)) {
                todo = " Create it first, or name another in the URL.";
            } else if (state.startsWith(NO_ROOM)) {
                todo = " Try again when fewer are connected.";
            }
            return CommandFailure.of(
                    ExitCode.INVALID,
                    "DATABASE_UNAVAILABLE",
                    "No connection to the database at " + server + ": " + firstLine(e) + "." + todo);
        });
    }

    private static Optional<SQLException> sqlCause(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof SQLException e) {
                return Optional.of(e);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static String firstLine(SQLException e) {
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
