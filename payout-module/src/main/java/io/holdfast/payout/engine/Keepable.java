package io.holdfast.payout.engine;

import java.nio.charset.StandardCharsets;

/** Says which texts the database can keep, so that no other is written or looked for. */
final class Keepable {

    /** What a text must not hold, as the end of a message. */
    static final String RULE = ", none of which is U+0000 or half a surrogate pair";

    private Keepable() {}

    /** Tells whether a text has neither U+0000 nor half a surrogate pair, for which the driver would look for {@code ?}. */
    static boolean is(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
