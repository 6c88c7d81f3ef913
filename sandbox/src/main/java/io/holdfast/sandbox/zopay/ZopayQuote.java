package io.holdfast.sandbox.zopay;

import java.time.Instant;

/**
 * A quote that can be executed once.
 *
 * @param phone in E.164, with its {@code +}
 * @param amount in francs
 * @param expiresAt from when on it cannot be executed
 */
record ZopayQuote(String id, String gateway, String phone, long amount, Instant expiresAt) {}
