package io.holdfast.payout.engine;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that payouts are counted before a limit asks how many there were. Counting costs each payout, so it begins with the
 * first engine that has such limits; those of the month so far are counted then. Safe for use by any number of threads.
 */
final class Counters {

    /** What the database says to a login or a transaction that may only read. */
    private static final Set<String> READ_ONLY = Set.of("42501", "25006");

    /** What it says where somebody who requests keeps counting from beginning for longer than that is waited for. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Logger LOG = LoggerFactory.getLogger(Counters.class);

    private final Desk desk;
    private volatile boolean hasBegun;

    /** Takes a desk whose transactions are its own: a host's may have kept counting from beginning. */
    Counters(Desk desk) {
        this.desk = desk;
        this.hasBegun = !LimitDesk.asks(desk.settings().limits());
    }

    /**
     * Begins as {@link #begin} does, before any host's transaction is open; a login that may only read begins nothing. Where others
     * keep it from beginning for long, the first request begins.
     */
    void beginIfAllowed() {
        try {
            begin();
        } catch (DataAccessException refused) {
            if (refused.sqlState().equals(LOCK_NOT_AVAILABLE)) {
                LOG.warn("Payouts are not counted yet: a transaction that has requested one stays open");
            } else if (!READ_ONLY.contains(refused.sqlState())) {
                throw refused;
            }
        }
    }

    /** Begins, unless payouts are counted or no limit of this engine asks. */
    void begin() {
        if (hasBegun) {
            return;
        }
        // Beginning keeps everybody from requesting. Who began has done so until that was to be seen.
        if (!desk.session().read(desk.stores().usage()::seemsCounted)) {
            ZoneId zone = desk.scribe().zone();
            desk.session().write(transaction -> {
                desk.stores()
                        .usage()
                        .beginCounting(
                                transaction.db(),
                                () -> LocalDate.ofInstant(desk.clock().now(transaction.db()), zone)
                                        .withDayOfMonth(1),
                                zone);
                return true;
            });
        }
        hasBegun = true;
    }
}
