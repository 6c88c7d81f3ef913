package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Feature;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A payout of its own ledger that its first provider refuses, whose processor is to be killed there or at the next. */
final class RouteCrash {

    private static final Duration YEARS = Duration.ofDays(3_650);

    private final Moment moment;
    private final ProviderBench bench;
    private final Payout payout;
    private final String first;
    private final String next;

    /**
     * When a processor dies.
     *
     * @param where at which provider
     * @param step at which step there
     * @param refusal how the first provider refuses
     * @param met what the send to the next provider meets on its way, if anything
     */
    record Moment(Where where, Step step, Fault refusal, Optional<Fault> met) {

        Moment(Where where, Step step) {
            this(where, step, Fault.REJECTED, Optional.empty());
        }

        /** Returns every moment that there is if the next provider has these capabilities. */
        static List<Moment> of(Capabilities next) {
            List<Moment> moments = new ArrayList<>(List.of(
                    new Moment(Where.FIRST, Step.BEFORE_THE_OUTCOME),
                    new Moment(Where.FIRST, Step.AFTER_THE_OUTCOME),
                    new Moment(Where.FIRST, Step.AFTER_THE_OUTCOME, Fault.INSUFFICIENT_FLOAT, Optional.empty()),
                    new Moment(Where.NEXT, Step.BEFORE_THE_ATTEMPT),
                    new Moment(Where.NEXT, Step.BEFORE_THE_BYTES),
                    lost(Fault.TIMEOUT_AFTER_EXECUTING),
                    lost(Fault.TIMEOUT_WITHOUT_EXECUTING),
                    new Moment(Where.NEXT, Step.BEFORE_THE_OUTCOME)));
            if (next.has(Feature.PREPARATION)) {
                moments.add(new Moment(Where.NEXT, Step.AFTER_THE_PREPARATION));
            }
            return moments;
        }

        private static Moment lost(Fault met) {
            return new Moment(Where.NEXT, Step.BEFORE_THE_ANSWER, Fault.REJECTED, Optional.of(met));
        }

        /** Tells whether the first provider's refusal was not written down. */
        boolean isRefusalLost() {
            return where == Where.FIRST && step == Step.BEFORE_THE_OUTCOME;
        }

        /** Tells whether somebody else cannot know from the database alone what became of the latest send. */
        boolean isInDoubt() {
            return step == Step.BEFORE_THE_BYTES || step == Step.BEFORE_THE_ANSWER || step == Step.BEFORE_THE_OUTCOME;
        }

        @Override
        public String toString() {
            return refusal + ", killed " + step + " at the " + where
                    + met.map(fault -> ", " + fault).orElse("");
        }
    }

    /** One of the two providers. */
    enum Where {
        FIRST,
        NEXT
    }

    RouteCrash(TestDatabase database, PlayedProvider first, PlayedProvider next, Moment moment) {
        this.moment = moment;
        this.bench = new ProviderBench(database, first, next);
        this.first = first.name();
        this.next = next.name();
        this.payout = bench.request();
        bench.simulator.next(moment.refusal());
        moment.met().ifPresent(bench.simulator(this.next)::next);
    }

    /** Returns the processor that is to be killed. */
    DoomedProcess.Doomed doomed() {
        return new DoomedProcess.Doomed(bench, moment.step(), moment.where() == Where.FIRST ? first : next);
    }

    /** After the kill: another processor goes on with the next provider if, and only if, the first's refusal is known. */
    void isFinishedByAnother() {
        try (bench) {
            String paying = moment.isRefusalLost() ? first : next;
            boolean executed = !bench.simulator(next).payouts().isEmpty();
            bench.assertBooks();
            bench.assertWallet(13_500, 6_500);

            Payout end = bench.runToTheEnd(payout);
            if (end.status() == PayoutStatus.UNKNOWN) {
                end = bench.runAfter(YEARS, payout);
            }

            assertThat(end.status()).isEqualTo(expected(bench.capabilities(paying), executed));
            assertThat(new HashSet<>(bench.creates(paying))).hasSizeLessThanOrEqualTo(1);
            if (moment.isRefusalLost()) {
                assertThat(bench.creates(next))
                        .as("sent although the first may pay")
                        .isEmpty();
            } else {
                assertThat(bench.creates(first))
                        .as("sent to the one that refused")
                        .hasSize(1);
            }
            bench.assertBooks();
            if (end.status() == PayoutStatus.SUCCEEDED) {
                bench.assertPaidOnceBy(paying);
                assertThat(end.provider()).isEqualTo(paying);
            } else {
                assertThat(bench.paid()).hasSize(executed ? 1 : 0);
                bench.assertWallet(13_500, 6_500);
            }
        }
    }

    /** What an adapter declares is what can be found out; what cannot stays held, for a person. */
    private PayoutStatus expected(Capabilities paying, boolean executed) {
        boolean isFound = paying.resend().isPossible() || (executed && paying.has(Feature.LIST));
        return moment.isInDoubt() && !isFound ? PayoutStatus.REVIEW : PayoutStatus.SUCCEEDED;
    }

    @Override
    public String toString() {
        return moment.toString();
    }
}
