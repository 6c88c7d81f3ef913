/**
 * Zopay: payouts to MTN and Orange in Cameroon, each quoted before it is executed.
 *
 * <p>Start at {@link io.holdfast.provider.zopay.ZopayProvider}; what is undocumented or contradictory about Zopay is an option
 * in {@link io.holdfast.provider.zopay.ZopaySettings}.
 */
@NullMarked
package io.holdfast.provider.zopay;

import org.jspecify.annotations.NullMarked;
