/**
 * Records payouts, claims what is due, calls providers outside any transaction, and settles what is proven.
 *
 * <p>Start at {@link io.holdfast.payout.engine.PayoutEngine}. Inside, {@code Processor} makes a round: {@code Taking} claims what
 * is due, and {@code FirstSend} and {@code Inquiry} send and ask. {@code Applier} is the one way in which an answer, of whatever
 * source, becomes a transition and its ledger effect; {@code Rules} decides which. {@code Resolving} carries out what people say.
 */
@NullMarked
package io.holdfast.payout.engine;

import org.jspecify.annotations.NullMarked;
