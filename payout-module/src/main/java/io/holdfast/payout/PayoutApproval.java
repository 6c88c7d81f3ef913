package io.holdfast.payout;

import java.time.Instant;

/**
 * A person's approval of a payout.
 *
 * @param number among the payout's approvals, from 1
 * @param actor who approved
 * @param at when
 */
public record PayoutApproval(int number, String actor, Instant at) {}
