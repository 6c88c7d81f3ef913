package io.holdfast.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads the constants of enums as they are written in files and on the command line, in lower case. */
final class EnumWords {

    private static final int SHOWN_MAX = 40;

    private EnumWords() {}

    /**
     * Reads a constant, in capitals or not.
     *
     * @throws IllegalArgumentException naming all there are, if there is none of that name
     */
    static <T extends Enum<T>> T read(Class<T> words, String text) {
        return Arrays.stream(words.getEnumConstants())
                .filter(one -> one.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + Excerpts.of(text, SHOWN_MAX) + "\" is none of "
                        + Arrays.stream(words.getEnumConstants())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
