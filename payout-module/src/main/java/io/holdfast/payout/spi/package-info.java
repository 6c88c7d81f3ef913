/**
 * What the adapter of one payout provider implements: what it can do, the bytes of a create, and what each answer proves.
 *
 * <p>Start at {@link io.holdfast.payout.spi.PayoutProvider}, then {@link io.holdfast.payout.spi.Outcome}. Everything here
 * but the adapter itself is an immutable value, safe to share between threads, and does no I/O.
 */
@NullMarked
package io.holdfast.payout.spi;

import org.jspecify.annotations.NullMarked;
