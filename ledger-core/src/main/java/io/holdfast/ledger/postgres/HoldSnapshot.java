package io.holdfast.ledger.postgres;

import io.holdfast.ledger.HoldState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/** A hold under its account's lock, in minor units. */
record HoldSnapshot(
        UUID id,
        long accountId,
        BigInteger amount,
        BigInteger committed,
        BigInteger remaining,
        HoldState state,
        Optional<Instant> expiresAt) {

    /** The order in which holds that have a deadline are released once it has passed, the database's own. */
    static final Comparator<HoldSnapshot> BY_DEADLINE = Comparator.comparing(
                    (HoldSnapshot hold) -> hold.expiresAt().orElseThrow())
            .thenComparing(hold -> hold.id().getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(hold -> hold.id().getLeastSignificantBits(), Long::compareUnsigned);

    boolean isExpiredAt(Instant now) {
        return state == HoldState.ACTIVE
                && expiresAt.isPresent()
                && !expiresAt.get().isAfter(now);
    }

    /** Returns the hold after so much of it was spent, and the rest kept. */
    HoldSnapshot spent(BigInteger part) {
        BigInteger left = remaining.subtract(part);
        HoldState next = left.signum() == 0 ? HoldState.COMMITTED : HoldState.ACTIVE;
        return new HoldSnapshot(id, accountId, amount, committed.add(part), left, next, expiresAt);
    }

    /** Returns the hold after what was left of it is released. */
    HoldSnapshot ended(HoldState end) {
        return new HoldSnapshot(id, accountId, amount, committed, BigInteger.ZERO, end, expiresAt);
    }
}
