/** Nkwa Pay, a Cameroonian payout provider, played on loopback; start at {@link io.holdfast.sandbox.nkwa.NkwaSimulator}. */
@NullMarked
package io.holdfast.sandbox.nkwa;

import org.jspecify.annotations.NullMarked;
