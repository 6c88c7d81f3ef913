/**
 * RohoPay: payouts to mobile money in Uganda, Kenya, Tanzania and Rwanda.
 *
 * <p>Start at {@link io.holdfast.provider.rohopay.RohoPayProvider}; what is undocumented or contradictory about RohoPay is an
 * option in {@link io.holdfast.provider.rohopay.RohoPaySettings}.
 */
@NullMarked
package io.holdfast.provider.rohopay;

import org.jspecify.annotations.NullMarked;
