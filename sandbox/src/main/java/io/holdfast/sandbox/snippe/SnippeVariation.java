package io.holdfast.sandbox.snippe;

/** Forms of answer that Snippe's own sources show beside the published ones. */
public enum SnippeVariation {
    /** An older generation of the API: {@code {"status":201,"data":...}}. */
    OLD_ENVELOPE,
    /** The list as a bare array, as the provider's JavaScript types have it. */
    LIST_AS_ARRAY
}
