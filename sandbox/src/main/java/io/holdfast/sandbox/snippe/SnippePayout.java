package io.holdfast.sandbox.snippe;

/** What Snippe knows about a payout beside what every provider does; the fee in whole shillings. */
record SnippePayout(String id, String externalReference, SnippeOrder order, long fee) {}
