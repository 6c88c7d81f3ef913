/**
 * How work on the database is shared and begun, for the ledger, the books and the payouts alone: start at {@link
 * io.holdfast.ledger.postgres.session.GroupWork}.
 */
@NullMarked
package io.holdfast.ledger.postgres.session;

import org.jspecify.annotations.NullMarked;
