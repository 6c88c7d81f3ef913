package io.holdfast.payout;

import io.holdfast.payout.spi.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a payout, whether it changed anything or not. It never changes.
 *
 * @param number among the payout's transitions, from 1 without gaps
 * @param from its status before; absent for the request
 * @param to its status after
 * @param verdict what it came to
 * @param cause what made it happen
 * @param attempt which attempt it concerned
 * @param outcome what was proven
 * @param detail in words
 * @param evidence the provider's answer, personal data masked; empty if there was none
 * @param actor in whose name
 * @param at when it was recorded
 */
public record PayoutTransition(
        int number,
        Optional<PayoutStatus> from,
        PayoutStatus to,
        Verdict verdict,
        Cause cause,
        Optional<Integer> attempt,
        Optional<Outcome.Code> outcome,
        String detail,
        String evidence,
        String actor,
        Instant at) {

    /** What an event came to. */
    public enum Verdict {
        /** The payout, its attempt or the books changed. */
        CHANGED,
        /** It proved nothing. */
        NO_NEWS,
        /** It was known already. */
        DUPLICATE,
        /** It tells of something earlier than what is known. */
        STALE,
        /** It contradicts what is known, and a person has to look at it. */
        ITEM
    }

    /** What made a transition happen. */
    public enum Cause {
        /** A host requested the payout. */
        REQUEST,
        /** Its time came. */
        DUE,
        /** A processor took it up. */
        CLAIM,
        /** What came of preparing a send: the provider's answer, that it expired, or why the provider is not called. */
        PREPARATION,
        /** The provider's answer to a send. */
        SEND,
        /** The provider's answer when asked about it. */
        LOOKUP,
        /** The provider called us, with its signature. */
        WEBHOOK,
        /** What the provider's list showed of it, or that it showed nothing. */
        LIST,
        /** A processor's lease ran out, as after a crash. */
        LEASE,
        /** It has gone on for too long, or no way of finding out is left. */
        AGE,
        /** Somebody approved it. */
        APPROVAL,
        /** Somebody refused to approve it. */
        REFUSAL,
        /** Not enough people had approved it in time. */
        EXPIRY,
        /** A person said what became of it, or another confirmed that. */
        RESOLUTION,
        /** What its owner owed for it was taken from the wallet. */
        COLLECTION,
        /** What its owner owed for it was given up. */
        WRITE_OFF,
        /** A host cancelled it. */
        CANCEL
    }
}
