/**
 * Binds the ledger and its connection pool for hosts that use Guice, which stays optional.
 *
 * <p>Install {@link io.holdfast.ledger.guice.DatabaseModule}, or bind a {@code DataSource} of your own, and {@link
 * io.holdfast.ledger.guice.LedgerModule}.
 */
@NullMarked
package io.holdfast.ledger.guice;

import org.jspecify.annotations.NullMarked;
