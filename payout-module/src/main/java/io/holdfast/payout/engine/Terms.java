package io.holdfast.payout.engine;

import io.holdfast.payout.FeeTolerance;
import io.holdfast.payout.ReversedFee;
import io.holdfast.payout.spi.Capabilities;

/** What a decision depends on beside the payout: the provider's ways and the host's policies. */
record Terms(Capabilities provider, Schedule schedule, ReversedFee reversedFee, FeeTolerance feeTolerance) {}
