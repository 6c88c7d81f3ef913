package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of lost answers, dying processors, late and repeated news, providers' calls in any order, people who agree,
 * refuse, cancel and resolve: nobody is paid twice and no money is lost.
 */
class InterleavingTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    /** Small seeds of {@link Random} all begin alike. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private static final List<ModelBank.Manner> MANNERS =
            List.of(ModelBank.Manner.HONEST, ModelBank.Manner.LYING, ModelBank.Manner.PAYING_TWICE);

    private static final int STEPS = 60;

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    /** Goes through as many seeds as {@code -Dholdfast.test.interleavings} says, and counts by which rules they went. */
    @Test
    void whatever_happens_in_whatever_order_no_money_is_lost_and_nobody_is_paid_twice_by_an_honest_bank() {
        long seeds = Long.getLong("holdfast.test.interleavings", 12);
        Reached reached = new Reached();
        for (long seed = 1; seed <= seeds; seed++) {
            for (ModelBank.Manner manner : List.of(ModelBank.Manner.HONEST, ModelBank.Manner.LYING)) {
                run(seed, manner).reached(reached);
            }
        }

        assertThat(reached.times()).containsOnlyKeys(Reached.Rule.values());
    }

    @Test
    void a_bank_that_pays_twice_pays_from_suspense_and_nobody_from_a_wallet() {
        for (long seed = 1; seed <= 2; seed++) {
            assertThat(run(seed, ModelBank.Manner.PAYING_TWICE).paidTwice()).isPositive();
        }
    }

    private static Interleaving run(long seed, ModelBank.Manner manner) {
        Random random = new Random(seed * SPREAD + MANNERS.indexOf(manner));
        Interleaving interleaving = new Interleaving(new PayoutBench(DATABASE), manner, random);
        try {
            for (int step = 1; step <= STEPS; step++) {
                interleaving.step();
            }
            interleaving.drain();
            interleaving.assertEverythingKnownWasAskedAbout();
            interleaving.tellEverything();
            interleaving.assertOutcome();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "Seed " + seed + ", " + manner + ": " + failure.getMessage() + "\n" + interleaving.story(),
                    failure);
        }
        return interleaving;
    }
}
