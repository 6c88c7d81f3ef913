/** Snippe, a Tanzanian payout provider, played on loopback; start at {@link io.holdfast.sandbox.snippe.SnippeSimulator}. */
@NullMarked
package io.holdfast.sandbox.snippe;

import org.jspecify.annotations.NullMarked;
