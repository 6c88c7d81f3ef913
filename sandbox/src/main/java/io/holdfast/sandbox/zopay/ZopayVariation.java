package io.holdfast.sandbox.zopay;

/** Ways in which Zopay's sources contradict each other. */
public enum ZopayVariation {
    /** A quote shows its fees in an object {@code fees}, as the collections page does. */
    NESTED_FEES,
    /** A quote's numbers do not fit the request, as in the documents' own sample. */
    ODD_QUOTES
}
