package io.holdfast.payout;

import io.holdfast.payout.spi.Outcome;
import java.nio.charset.StandardCharsets;

/** The rules that texts of people and of statements obey, so that they can be kept. */
final class References {

    private References() {}

    /** Tells whether a text can be a provider's reference. */
    static boolean isOne(String text) {
        return !text.isBlank()
                && text.length() <= Outcome.REFERENCE_MAX
                && text.chars().noneMatch(Character::isISOControl)
                && isWhole(text);
    }

    /** Tells whether a text has no half of a surrogate pair, which no database can keep. */
    static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
