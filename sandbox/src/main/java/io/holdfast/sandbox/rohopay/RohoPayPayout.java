package io.holdfast.sandbox.rohopay;

/**
 * What RohoPay keeps of a payout beside the book.
 *
 * @param order what was asked for
 * @param commission in whole units
 */
record RohoPayPayout(String id, String providerReference, RohoPayOrder order, long commission) {}
