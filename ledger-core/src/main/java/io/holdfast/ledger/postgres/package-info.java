/**
 * The ledger kept in PostgreSQL.
 *
 * <p>Start at {@link io.holdfast.ledger.postgres.PostgresLedger}, then {@code BatchRunner}, which is the one write path:
 * it resolves accounts, locks balances ({@code BalanceLocks}), reads what a plan needs, plans ({@code Planner}, a pure
 * function) and writes ({@code JournalStore}).
 */
@NullMarked
package io.holdfast.ledger.postgres;

import org.jspecify.annotations.NullMarked;
