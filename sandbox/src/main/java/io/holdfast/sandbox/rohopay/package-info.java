/** RohoPay, an East African payout provider, played on loopback; start at {@link io.holdfast.sandbox.rohopay.RohoPaySimulator}. */
@NullMarked
package io.holdfast.sandbox.rohopay;

import org.jspecify.annotations.NullMarked;
