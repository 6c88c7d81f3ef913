/** Zopay, a Cameroonian payout provider, played on loopback; start at {@link io.holdfast.sandbox.zopay.ZopaySimulator}. */
@NullMarked
package io.holdfast.sandbox.zopay;

import org.jspecify.annotations.NullMarked;
