package io.holdfast.cli;

/**
 * A word for a column, and why, which may be too long for one.
 *
 * @param why empty if the word says all
 */
record Remark(String word, String why) {

    static Remark of(String word) {
        return new Remark(word, "");
    }

    /** Returns both on one line. */
    String text() {
        return why.isEmpty() ? word : word + ": " + why;
    }
}
