package io.holdfast.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Money set aside on one account.
 *
 * @param id the id of the entry that placed it
 * @param key the key of the request that placed it
 * @param account where it is set aside
 * @param amount what was set aside
 * @param committed what was spent of it so far
 * @param remaining what is still set aside; zero once the state is final
 * @param state what it is now; a hold whose deadline has passed is {@code EXPIRED}, released already or not
 * @param expiresAt when it ends by itself; if absent, never
 */
public record Hold(
        UUID id,
        Key key,
        Account account,
        Money amount,
        Money committed,
        Money remaining,
        HoldState state,
        Optional<Instant> expiresAt) {}
