/**
 * Snippe: payouts to mobile money and banks in Tanzania.
 *
 * <p>Start at {@link io.holdfast.provider.snippe.SnippeProvider}; what is undocumented or contradictory about Snippe is
 * an option in {@link io.holdfast.provider.snippe.SnippeSettings}.
 */
@NullMarked
package io.holdfast.provider.snippe;

import org.jspecify.annotations.NullMarked;
