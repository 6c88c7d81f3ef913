package io.holdfast.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells how text shows in a terminal: how many columns it takes, and what of it must not get there. */
final class TextWidth {

    /** As wide as a terminal is at least. */
    private static final int LINE = 80;

    /** Breaks lines, steers the terminal, or lets text read in another order than it is written in. */
    private static final Pattern UNSHOWN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Pattern WORD = Pattern.compile("`[^`]*`\\S*|[A-Z]{3} [0-9]\\S*|\\S+");

    /** What a reader takes for one character: a letter with its accents, an emoji of several parts. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    /** What terminals show two columns wide: East Asian Wide and Fullwidth of Unicode's annex 11, and emoji. */
    private static final List<Span> WIDE = List.of(
            new Span(0x1100, 0x115F),
            new Span(0x2E80, 0x303E),
            new Span(0x3041, 0xA4CF),
            new Span(0xA960, 0xA97F),
            new Span(0xAC00, 0xD7A3),
            new Span(0xF900, 0xFAFF),
            new Span(0xFE30, 0xFE6F),
            new Span(0xFF00, 0xFF60),
            new Span(0xFFE0, 0xFFE6),
            new Span(0x1F300, 0x1F64F),
            new Span(0x1F680, 0x1F6FF),
            new Span(0x1F900, 0x1F9FF),
            new Span(0x20000, 0x3FFFD));

    private record Span(int first, int last) {

        boolean has(int codePoint) {
            return first <= codePoint && codePoint <= last;
        }
    }

    private TextWidth() {}

    /** Returns text as one line, what would break it, steer the terminal or turn its order shown as {@code ?}. */
    static String oneLine(String text) {
        return UNSHOWN.matcher(text).replaceAll("?");
    }

    /** Returns how many columns of a terminal a line takes. */
    static int of(String line) {
        int columns = 0;
        Matcher characters = CHARACTER.matcher(line);
        while (characters.find()) {
            columns += ofCharacter(characters.group().codePointAt(0));
        }
        return columns;
    }

    /**
     * Returns text in lines of at most 80 columns where its words allow; as many columns as are given stand before the first
     * line and are left blank before the others. A command in backquotes, to be copied, is not broken, nor is an amount.
     */
    static String wrapped(String text, int indent) {
        String line = oneLine(text);
        if (indent + of(line) <= LINE) {
            return line + "\n";
        }
        StringBuilder lines = new StringBuilder();
        int columns = indent;
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            int width = of(words.group());
            if (columns > indent && columns + 1 + width > LINE) {
                lines.append('\n').append(" ".repeat(indent));
                columns = indent;
            } else if (columns > indent) {
                lines.append(' ');
                columns++;
            }
            lines.append(words.group());
            columns += width;
        }
        return lines.append('\n').toString();
    }

    /**
     * Returns a line of at most so many columns: what is wider is cut in the middle, because keys often differ at their ends.
     */
    static String middle(String line, int columnsMax) {
        if (of(line) <= columnsMax) {
            return line;
        }
        List<String> characters =
                CHARACTER.matcher(line).results().map(MatchResult::group).toList();
        List<String> backwards = new ArrayList<>(characters);
        Collections.reverse(backwards);
        int ofEnd = (columnsMax - 1) / 2;
        int begin = fitting(characters, columnsMax - 1 - ofEnd);
        int end = characters.size() - fitting(backwards, ofEnd);
        return String.join("", characters.subList(0, begin)) + "…"
                + String.join("", characters.subList(end, characters.size()));
    }

    /** Returns how many characters, from the first one on, fit into so many columns. */
    private static int fitting(List<String> characters, int columnsMax) {
        int fitting = 0;
        int columns = 0;
        for (String character : characters) {
            columns += of(character);
            if (columns > columnsMax) {
                return fitting;
            }
            fitting++;
        }
        return fitting;
    }

    private static int ofCharacter(int first) {
        return switch (Character.getType(first)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> WIDE.stream().anyMatch(span -> span.has(first)) ? 2 : 1;
        };
    }
}
