package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutStatus;
import java.util.Optional;

/**
 * A payout that this processor alone works on until its lease runs out.
 *
 * @param payout as it stood when it was claimed
 * @param begun the send that was written down with the claim; absent if something has to be asked or decided first
 */
record Claim(PayoutSnapshot payout, Optional<Claims.Sendable> begun) {

    Claim(PayoutSnapshot payout) {
        this(payout, Optional.empty());
    }

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
