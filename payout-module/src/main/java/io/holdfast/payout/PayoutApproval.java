package io.holdfast.payout;

import java.time.Instant;

/**
 * Somebody's agreement to a payout.
 *
 * @param number among the payout's approvals, from 1
 * @param actor who agreed
 * @param at when
 */
public record PayoutApproval(int number, String actor, Instant at) {}
