package io.holdfast.benchmarks;

import java.time.Duration;

/** Something that does the same thing as often as it can, for a while. */
interface Contender {

    /** Returns what it is called in the report, which says what it does. */
    String name();

    /** Goes on for about so long and returns how often a second it managed. */
    double perSecond(Duration span) throws Exception;
}
