/**
 * What every provider adapter must keep, as a test to extend.
 *
 * <p>Start at {@link io.holdfast.sandbox.contract.PayoutProviderContract}. It needs JUnit's API, which this module does not
 * bring along. Most of its tests wait for answers that do not come. Each has a simulator of its own, so they run at the same
 * time where JUnit's {@code junit.jupiter.execution.parallel.enabled} is set; what extends it keeps nothing between calls.
 */
@NullMarked
package io.holdfast.sandbox.contract;

import org.jspecify.annotations.NullMarked;
