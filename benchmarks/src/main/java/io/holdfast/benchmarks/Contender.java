package io.holdfast.benchmarks;

import java.time.Duration;

/** Something that records entries as fast as it can, for a while. */
interface Contender {

    /** Returns what it is called in the report. */
    String name();

    /** Records for about so long and returns how many entries per second it managed. */
    double entriesPerSecond(Duration span) throws Exception;
}
