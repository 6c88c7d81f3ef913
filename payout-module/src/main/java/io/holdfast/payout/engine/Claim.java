package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutStatus;

/**
 * A payout that this processor alone works on until its lease runs out.
 *
 * @param payout as it stood when it was claimed
 */
record Claim(PayoutSnapshot payout) {

    long token() {
        return payout.standing().leaseToken();
    }

    PayoutStatus status() {
        return payout.standing().status();
    }

    Intent intent() {
        return payout.intent();
    }
}
