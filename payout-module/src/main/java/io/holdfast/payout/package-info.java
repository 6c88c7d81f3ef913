/**
 * The words of payouts: requests, payouts and where they stand, fees, routes, and what may be refused.
 *
 * <p>Start at {@link io.holdfast.payout.Payouts}, then {@link io.holdfast.payout.PayoutProcessor}. The values are immutable
 * and safe to share between threads; what makes them happen is {@code io.holdfast.payout.engine.PayoutEngine}.
 */
@NullMarked
package io.holdfast.payout;

import org.jspecify.annotations.NullMarked;
