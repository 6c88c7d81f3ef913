/**
 * The measured claims: every figure is a ratio to something else that ran on the same server in the same run.
 *
 * <p>Start at {@link io.holdfast.benchmarks.LedgerBenchmark} and {@link io.holdfast.benchmarks.PayoutBenchmark}.
 */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
