package io.holdfast.benchmarks;

import java.util.SplittableRandom;

/** Which of a thousand accounts an entry comes from: random, and the same for every contender. */
final class Accounts {

    static final int COUNT = 1_000;

    private Accounts() {}

    static int ofNumber(long number) {
        return new SplittableRandom(number).nextInt(COUNT);
    }
}
