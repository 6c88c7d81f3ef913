package io.holdfast.sandbox.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL could not be started, reached or stopped; the message says what to do about it. */
public final class EmbeddedDatabaseException extends RuntimeException {

    EmbeddedDatabaseException(String message) {
        super(message);
    }

    EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
