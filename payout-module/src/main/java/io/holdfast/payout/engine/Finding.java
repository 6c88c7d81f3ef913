package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.spi.Evidence;
import java.util.Optional;

/** Something for a person to look at, about to be recorded. */
record Finding(PayoutItem.Kind kind, String detail) {

    /** Returns what a person is to be told of what a provider said, if its adapter says so, however the payout stands. */
    static Optional<Finding> unlisted(String provider, Evidence said) {
        return said.alert().map(told -> new Finding(PayoutItem.Kind.UNLISTED_ANSWER, provider + ": " + told));
    }
}
