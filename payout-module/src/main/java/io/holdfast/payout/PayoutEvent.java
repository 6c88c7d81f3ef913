package io.holdfast.payout;

import io.holdfast.ledger.Key;
import java.util.UUID;

/**
 * A transition of a payout with its place in the feed.
 *
 * @param number in the ledger's feed, from 1 without gaps
 * @param payout whose transition it is
 * @param key of the payout's request
 * @param transition what happened
 */
public record PayoutEvent(long number, UUID payout, Key key, PayoutTransition transition) {}
