/** Wistfare, a Rwandan payout provider, played on loopback; start at {@link io.holdfast.sandbox.wistfare.WistfareSimulator}. */
@NullMarked
package io.holdfast.sandbox.wistfare;

import org.jspecify.annotations.NullMarked;
