package io.holdfast.ledger.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs a property for seeds: some that are always the same and one that is new each time. A seed that fails is in the
 * failure's message; {@code -Dholdfast.test.seed=N} runs that one alone.
 */
final class Seeds {

    static final String PROPERTY = "holdfast.test.seed";

    private Seeds() {}

    interface Property {
        void holdsFor(Random random) throws Exception;
    }

    static void check(int count, Property property) {
        List<Long> seeds = new ArrayList<>();
        Long only = Long.getLong(PROPERTY);
        if (only != null) {
            seeds.add(only);
        } else {
            for (long seed = 1; seed < count; seed++) {
                seeds.add(seed);
            }
            seeds.add(System.nanoTime());
        }
        for (long seed : seeds) {
            check(seed, property);
        }
    }

    private static void check(long seed, Property property) {
        try {
            property.holdsFor(new Random(seed));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("Fails for -D" + PROPERTY + "=" + seed + ": " + failure.getMessage(), failure);
        }
    }
}
