package io.holdfast.cli;

/** Shortens what others wrote, so that it can be shown in one line of a message. */
final class Excerpts {

    private Excerpts() {}

    /** Returns the beginning of a text, at most so many characters of it, what would steer the terminal as {@code ?}. */
    static String of(String text, int charactersMax) {
        String start = text.length() <= charactersMax ? text : text.substring(0, charactersMax) + "...";
        return TextWidth.oneLine(start);
    }
}
