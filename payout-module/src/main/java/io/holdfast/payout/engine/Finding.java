package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutItem;

/** Something for a person to look at, about to be taken down. */
record Finding(PayoutItem.Kind kind, String detail) {}
