package io.holdfast.provider.snippe;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tanzania's mobile operators by the names that Snippe gives them, and by those that people do. */
final class Operators {

    static final Set<String> NAMES = Set.of("airtel", "mpesa", "mixx", "halotel");

    private static final Map<String, String> OTHER_NAMES = Map.of(
            "airtelmoney", "airtel",
            "vodacom", "mpesa",
            "mixxbyyas", "mixx",
            "yas", "mixx",
            "tigo", "mixx",
            "tigopesa", "mixx",
            "halopesa", "halotel");
    private static final Pattern NO_LETTER = Pattern.compile("[^a-z]");

    private Operators() {}

    /** Returns Snippe's name for an operator, if the hint says which one is meant. */
    static Optional<String> named(String hint) {
        String letters = NO_LETTER.matcher(hint.toLowerCase(Locale.ROOT)).replaceAll("");
        return NAMES.contains(letters) ? Optional.of(letters) : Optional.ofNullable(OTHER_NAMES.get(letters));
    }
}
