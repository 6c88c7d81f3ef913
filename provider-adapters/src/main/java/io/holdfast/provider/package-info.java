/**
 * What all adapters share: one bounded HTTP exchange, secrets that do not show, signatures, tolerant JSON and phone
 * numbers.
 *
 * <p>Start at {@link io.holdfast.provider.BoundedHttp}; each provider has a package of its own below this one.
 */
@NullMarked
package io.holdfast.provider;

import org.jspecify.annotations.NullMarked;
