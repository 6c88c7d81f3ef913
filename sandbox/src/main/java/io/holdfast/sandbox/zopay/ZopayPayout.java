package io.holdfast.sandbox.zopay;

/**
 * What Zopay keeps of a payout beside the book.
 *
 * @param quote what was executed
 */
record ZopayPayout(ZopayQuote quote, String gatewayReference, String correlationId) {}
