/**
 * Binds payouts for hosts that use Guice, which stays optional.
 *
 * <p>Install {@link io.holdfast.payout.guice.PayoutModule} beside what binds a {@code Ledger} and its {@code DataSource},
 * and add each provider to the set of {@code PayoutProvider}s with a {@code Multibinder}.
 */
@NullMarked
package io.holdfast.payout.guice;

import org.jspecify.annotations.NullMarked;
