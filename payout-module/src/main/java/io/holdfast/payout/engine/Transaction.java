package io.holdfast.payout.engine;

import io.holdfast.ledger.Ledger;
import org.jooq.DSLContext;

/**
 * A database transaction that is open.
 *
 * @param db to read and write in it
 * @param ledger the ledger, joined to it
 */
record Transaction(DSLContext db, Ledger ledger) {}
