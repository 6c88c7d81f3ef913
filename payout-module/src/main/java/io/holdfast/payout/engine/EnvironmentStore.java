package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_ENVIRONMENT;

import io.holdfast.payout.spi.Environment;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** Writes and reads in which environment each provider is used. */
final class EnvironmentStore {

    private final int ledgerId;

    EnvironmentStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** Returns the environment that a provider was first used in: this one, if it was not used yet. */
    Environment first(DSLContext db, String provider, Environment environment, Instant now) {
        db.insertInto(PAYOUT_ENVIRONMENT)
                .set(PAYOUT_ENVIRONMENT.LEDGER_ID, ledgerId)
                .set(PAYOUT_ENVIRONMENT.PROVIDER, provider)
                .set(PAYOUT_ENVIRONMENT.ENVIRONMENT, environment.name())
                .set(PAYOUT_ENVIRONMENT.RECORDED_AT, now)
                .onConflictDoNothing()
                .execute();
        return find(db, provider).orElseThrow();
    }

    /** Returns the environment that a provider was first used in, if it was used. */
    Optional<Environment> find(DSLContext db, String provider) {
        return db.select(PAYOUT_ENVIRONMENT.ENVIRONMENT)
                .from(PAYOUT_ENVIRONMENT)
                .where(PAYOUT_ENVIRONMENT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_ENVIRONMENT.PROVIDER.eq(provider))
                .fetchOptional(PAYOUT_ENVIRONMENT.ENVIRONMENT)
                .map(Environment::valueOf);
    }
}
