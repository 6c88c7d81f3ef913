package io.holdfast.sandbox.snippe;

/** What a Snippe API key may do. */
public enum SnippeScope {
    /** See payouts and fees. */
    DISBURSEMENT_READ("disbursement:read"),
    /** Create payouts. */
    DISBURSEMENT_CREATE("disbursement:create"),
    /** See the balance. */
    COLLECTION_READ("collection:read");

    private final String wireName;

    SnippeScope(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
