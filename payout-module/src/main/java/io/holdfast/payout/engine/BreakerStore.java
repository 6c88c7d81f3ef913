package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PROVIDER_BREAKER;

import io.holdfast.payout.BrokenProvider;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** Reads and writes to which providers nothing new is sent. */
final class BreakerStore {

    private final int ledgerId;

    BreakerStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    List<BrokenProvider> open(DSLContext db) {
        return db.selectFrom(PROVIDER_BREAKER)
                .where(PROVIDER_BREAKER.LEDGER_ID.eq(ledgerId))
                .orderBy(PROVIDER_BREAKER.PROVIDER)
                .fetch(row -> new BrokenProvider(
                        row.getProvider(), row.getOpenedAt(), row.getRetryAt(), row.getTrials(), row.getDetail()));
    }

    /** Records that a provider is broken, unless it is known. */
    void open(DSLContext db, BrokenProvider broken) {
        db.insertInto(PROVIDER_BREAKER)
                .set(PROVIDER_BREAKER.LEDGER_ID, ledgerId)
                .set(PROVIDER_BREAKER.PROVIDER, broken.provider())
                .set(PROVIDER_BREAKER.OPENED_AT, broken.since())
                .set(PROVIDER_BREAKER.RETRY_AT, broken.retryAt())
                .set(PROVIDER_BREAKER.TRIALS, broken.trials())
                .set(PROVIDER_BREAKER.DETAIL, broken.detail())
                .onConflictDoNothing()
                .execute();
    }

    /** Records that a trial is made, and returns whether nobody else makes it. */
    boolean tryAgain(DSLContext db, BrokenProvider broken, Instant now, Instant next) {
        return db.update(PROVIDER_BREAKER)
                        .set(PROVIDER_BREAKER.RETRY_AT, next)
                        .set(PROVIDER_BREAKER.TRIALS, broken.trials() + 1)
                        .where(PROVIDER_BREAKER.LEDGER_ID.eq(ledgerId))
                        .and(PROVIDER_BREAKER.PROVIDER.eq(broken.provider()))
                        .and(PROVIDER_BREAKER.RETRY_AT.le(now))
                        .execute()
                == 1;
    }

    /** Records that a provider works, and returns whether it was thought to be broken. */
    boolean close(DSLContext db, String provider) {
        return db.deleteFrom(PROVIDER_BREAKER)
                        .where(PROVIDER_BREAKER.LEDGER_ID.eq(ledgerId))
                        .and(PROVIDER_BREAKER.PROVIDER.eq(provider))
                        .execute()
                == 1;
    }
}
