package io.holdfast.cli;

/** Says which part of a list is shown, and how one comes to the rest. */
final class Paging {

    private Paging() {}

    /**
     * Returns a line about a part of a list; nothing if the part is all of it.
     *
     * @param offset how many were left out first
     * @param shown how many are shown
     * @param total how many there are
     */
    static String line(int offset, int shown, long total) {
        long last = (long) offset + shown;
        if (shown == 0) {
            return total == 0 ? "" : "There are " + total + " in all; the first: --offset 0\n";
        }
        String part = offset + 1L + " to " + last + " of " + total;
        if (last < total) {
            return part + "; the next: --offset " + last + "\n";
        }
        return offset == 0 ? "" : part + "\n";
    }

    /** Returns what to say instead of a table without rows: that there is nothing, or nothing so far on. */
    static String nothing(String nothing, long total) {
        return total == 0 ? nothing : "Nothing so far on in the list.";
    }
}
