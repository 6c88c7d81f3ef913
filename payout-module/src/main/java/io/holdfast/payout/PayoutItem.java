package io.holdfast.payout;

import io.holdfast.ledger.Key;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something for a person to look at. While it is open the same is not opened again, nor is it once it was closed, however
 * often it is noticed: only {@link Kind#FLOAT_SHORT}, {@link Kind#NOT_BOOKED} and {@link Kind#CONTRADICTION} are opened anew,
 * because each may have come about again.
 *
 * @param number unique in its ledger, rising
 * @param payout which payout it concerns; absent only for {@link Kind#UNEXPLAINED}
 * @param key that payout's
 * @param kind what is the matter
 * @param detail the values, personal data masked
 * @param openedAt when it was noticed first
 */
public record PayoutItem(
        long number, Optional<UUID> payout, Optional<Key> key, Kind kind, String detail, Instant openedAt) {

    /** What is the matter. */
    public enum Kind {
        /** What the provider echoed is not what it was told to pay. */
        MISMATCH,
        /** A provider's reference belongs to another attempt already. */
        REFERENCE_TAKEN,
        /** The provider gave a second reference to one attempt: it may pay twice. */
        SECOND_REFERENCE,
        /** The provider turned to another operator on its own, after one that may have paid: it may have paid twice. */
        SECOND_OPERATOR,
        /**
         * The provider charged another fee than it had quoted, by more than the {@link FeeTolerance}, or took it from the
         * amount although it comes on top; or two persons say that it charged more than the amount itself.
         */
        FEE_DIFFERS,
        /** The provider paid after the hold had been released. */
        LATE_SUCCESS,
        /** The provider paid beside another attempt, or one attempt twice; what it paid stands in suspense. */
        SUSPENSE,
        /** The provider contradicts what it said before. */
        CONTRADICTION,
        /** A statement of the provider differs from what we have of a payout that has ended. */
        STATEMENT_DIFFERS,
        /** Money left without a payout of ours; it stands in suspense. */
        UNEXPLAINED,
        /** What we have prefunded at the provider does not suffice. */
        FLOAT_SHORT,
        /** A payout in the provider's list cannot be told from another. */
        AMBIGUOUS,
        /** What the provider reports is proven, or a payout was not agreed to in time, and the ledger would not take it. */
        NOT_BOOKED,
        /** What comes back belongs to a wallet that cannot take it; it stands in suspense. */
        WALLET_CLOSED,
        /**
         * The provider said what its documents do not list, what only a mistake of ours brings about, or a fee that is no money;
         * or what it prepares again and again expires before it could be sent.
         */
        UNLISTED_ANSWER
    }
}
