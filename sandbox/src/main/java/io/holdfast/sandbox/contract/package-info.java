/**
 * What every provider adapter must keep, as a test to extend.
 *
 * <p>Start at {@link io.holdfast.sandbox.contract.PayoutProviderContract}. It needs JUnit's API, which this module does not
 * bring along.
 */
@NullMarked
package io.holdfast.sandbox.contract;

import org.jspecify.annotations.NullMarked;
