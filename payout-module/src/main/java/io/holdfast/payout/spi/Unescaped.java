package io.holdfast.payout.spi;

import java.util.Arrays;

/** A text as a reader of JSON sees it: without its escapes, and knowing where each character stands in the text as it is. */
final class Unescaped {

    private static final char ESCAPE = '\\';
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";
    private static final int HEX_DIGITS = 4;
    private static final int HEX = 16;
    private static final int[] AS_IT_IS = {};

    private final String text;
    /** Where each character begins in the text as it is, and at the end how long that is; empty where it is seen as it is. */
    private final int[] from;

    private Unescaped(String text, int[] from) {
        this.text = text;
        this.from = from;
    }

    /** Returns a text as it is. */
    static Unescaped none(String text) {
        return new Unescaped(text, AS_IT_IS);
    }

    static boolean isAnywhere(String text) {
        return text.indexOf(ESCAPE) >= 0;
    }

    /** Returns the same with one more level of escapes taken off; a backslash that escapes nothing stays. */
    Unescaped once() {
        StringBuilder seen = new StringBuilder(text.length());
        int[] begins = new int[text.length() + 1];
        int at = 0;
        while (at < text.length()) {
            begins[seen.length()] = from(at);
            int end = escapeEnd(at);
            seen.append(end == at + 1 ? text.charAt(at) : meant(at));
            at = end;
        }
        begins[seen.length()] = from(text.length());
        return new Unescaped(seen.toString(), Arrays.copyOf(begins, seen.length() + 1));
    }

    String text() {
        return text;
    }

    /** Tells whether nothing between two places was escaped, so that it could be seen without taking escapes off. */
    boolean wasSeenBefore(int begin, int end) {
        return from.length > 0 && from(end) - from(begin) == end - begin;
    }

    /** Returns where a character begins in the text as it is; for the place behind the last one, where that ends. */
    int from(int at) {
        return from.length == 0 ? at : from[at];
    }

    /** Returns where the escape ends that begins at a place, or else the character there. */
    private int escapeEnd(int at) {
        if (text.charAt(at) != ESCAPE || at + 1 == text.length()) {
            return at + 1;
        }
        if (text.charAt(at + 1) != 'u') {
            return ESCAPED.indexOf(text.charAt(at + 1)) < 0 ? at + 1 : at + 2;
        }
        int end = at + 2 + HEX_DIGITS;
        boolean isCode = end <= text.length()
                && text.substring(at + 2, end)
                        .chars()
                        .allMatch(digit -> digit < 128 && Character.digit(digit, HEX) >= 0);
        return isCode ? end : at + 1;
    }

    private char meant(int at) {
        char kind = text.charAt(at + 1);
        return kind == 'u'
                ? (char) Integer.parseInt(text.substring(at + 2, at + 2 + HEX_DIGITS), HEX)
                : MEANT.charAt(ESCAPED.indexOf(kind));
    }
}
