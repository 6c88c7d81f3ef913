/**
 * Nkwa Pay: payouts to MTN and Orange in Cameroon.
 *
 * <p>Start at {@link io.holdfast.provider.nkwa.NkwaProvider}; what is undocumented or contradictory about Nkwa is an option in
 * {@link io.holdfast.provider.nkwa.NkwaSettings}.
 */
@NullMarked
package io.holdfast.provider.nkwa;

import org.jspecify.annotations.NullMarked;
