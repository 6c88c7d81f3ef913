package io.holdfast.db;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Sends what Liquibase has to say to SLF4J; its hundred lines of progress become debug. */
final class LiquibaseLog extends AbstractLogService {

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Liquibase declares it
    public Logger getLog(Class source) {
        return new Slf4jLogger(LoggerFactory.getLogger(source));
    }

    private static final class Slf4jLogger extends AbstractLogger {

        private final org.slf4j.Logger log;

        Slf4jLogger(org.slf4j.Logger log) {
            this.log = log;
        }

        @Override
        public void log(Level level, String message, @Nullable Throwable cause) {
            if (level.intValue() < Level.WARNING.intValue() || level.equals(Level.OFF)) {
                log.debug(message, cause);
            } else {
                // Without the cause: what Liquibase logs as severe it also throws.
                log.warn(message);
            }
        }

        @Override
        public void close() {
            // There is nothing to close, which the inherited method does with a checked exception.
        }
    }
}
