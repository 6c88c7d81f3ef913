package io.holdfast.payout;

import java.time.Instant;

/**
 * A provider to which nothing new is sent.
 *
 * @param provider its name
 * @param since since when
 * @param retryAt from when on one payout is sent to find out whether it works again
 * @param trials how many such payouts were sent since
 * @param detail what became of the last one before
 */
public record BrokenProvider(String provider, Instant since, Instant retryAt, int trials, String detail) {}
