package io.holdfast.payout;

import java.util.UUID;

/**
 * A journal entry of a payout.
 *
 * @param transition number of the {@linkplain PayoutTransition transition} that made it
 * @param entry its id
 */
public record PayoutEntry(int transition, UUID entry) {}
