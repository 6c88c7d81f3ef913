/**
 * Wistfare: payouts to mobile money in Rwanda.
 *
 * <p>Start at {@link io.holdfast.provider.wistfare.WistfareProvider}; what is undocumented or contradictory about Wistfare is
 * an option in {@link io.holdfast.provider.wistfare.WistfareSettings}.
 */
@NullMarked
package io.holdfast.provider.wistfare;

import org.jspecify.annotations.NullMarked;
