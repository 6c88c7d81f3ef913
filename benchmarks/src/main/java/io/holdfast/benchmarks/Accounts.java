package io.holdfast.benchmarks;

import java.util.SplittableRandom;

/** Which of many accounts an entry comes from: random, and the same for every contender. */
final class Accounts {

    static final int COUNT = 1_000;

    private Accounts() {}

    static int ofNumber(long number) {
        return ofNumber(number, COUNT);
    }

    static int ofNumber(long number, int count) {
        return new SplittableRandom(number).nextInt(count);
    }
}
