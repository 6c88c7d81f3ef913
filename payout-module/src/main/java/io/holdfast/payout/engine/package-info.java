/**
 * Takes payouts down, claims what is due, calls providers outside any transaction, and settles what is proven.
 *
 * <p>Start at {@link io.holdfast.payout.engine.PayoutEngine}. Inside, {@code Processor} claims and {@code Applier} is the one
 * way in which an answer, of whatever source, becomes a transition and its ledger effect; {@code Rules} decides which.
 */
@NullMarked
package io.holdfast.payout.engine;

import org.jspecify.annotations.NullMarked;
