package io.holdfast.payout;

import java.util.Optional;
import java.util.UUID;

/**
 * What became of a provider's call to us.
 *
 * @param kind what it came to
 * @param payout which payout it concerns, once that is known
 * @param detail in words, without personal data and secrets
 */
public record WebhookReceipt(Kind kind, Optional<UUID> payout, String detail) {

    /** What a call comes to. */
    public enum Kind {
        /** What it proves was recorded with its payout; whether that changed anything, the payout's history tells. */
        APPLIED,
        /** It is signed, and kept until a payout is known to have the reference that it names. */
        PARKED,
        /** A copy of it was recorded before. */
        DUPLICATE,
        /** It is not signed: its payout will be asked about soon. */
        ASKING,
        /** It concerns nothing that there is to do. */
        IGNORED,
        /** It is not to be believed, or of the other environment, and nothing was written. */
        REFUSED
    }

    /** Tells whether the provider can be told that its call was received; else it is told that it was not. */
    public boolean isAccepted() {
        return kind != Kind.REFUSED;
    }
}
