/**
 * The words of the ledger: accounts, money, journal entries, holds, balances and what may be refused.
 *
 * <p>Start at {@link io.holdfast.ledger.Ledger}. Everything here is an immutable value, safe to share between
 * threads, and knows nothing of a database; the ledger kept in PostgreSQL is {@code
 * io.holdfast.ledger.postgres.PostgresLedger}.
 */
@NullMarked
package io.holdfast.ledger;

import org.jspecify.annotations.NullMarked;
