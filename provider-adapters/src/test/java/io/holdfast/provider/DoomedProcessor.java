package io.holdfast.provider.snippe;

import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.sandbox.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A processor in a process of its own, which stands still at a step until it is killed.
 *
 * <p>Arguments: JDBC URL, ledger, Snippe's URL, the time, the step.
 */
final class DoomedProcessor {

    /** What it prints once it stands still. */
    static final String STANDS_STILL = "stands still";

    private static final int RUNS = 3;
    private static final Duration WAIT = Duration.ofMinutes(1);

    private DoomedProcessor() {}

    public static void main(String[] args) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(args[0]);
        MovableClock clock = MovableClock.at(args[3]);
        Ledger ledger =
                PostgresLedger.over(dataSource).ledger(args[1]).clock(clock).build();
        Step step = Step.valueOf(args[4]);
        PayoutProvider snippe = new Doomed(SnippeBench.adapter(URI.create(args[2])), step);
        PayoutProcessor processor =
                SnippeBench.engine(dataSource, ledger, clock, snippe).processor();
        for (int run = 0; run < RUNS; run++) {
            processor.runOnce(1);
            if (step == Step.AFTER_THE_OUTCOME) {
                standStill();
            }
            clock.advance(WAIT);
        }
        throw new IllegalStateException("It never came to " + step);
    }

    private static void standStill() {
        System.out.println(STANDS_STILL);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Snippe's adapter, whose calls stand still at the step. */
    private record Doomed(SnippeProvider snippe, Step step) implements PayoutProvider {

        @Override
        public String name() {
            return snippe.name();
        }

        @Override
        public Capabilities capabilities() {
            return snippe.capabilities();
        }

        @Override
        public Duration exchangeTimeout() {
            return snippe.exchangeTimeout();
        }

        @Override
        public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
            standStillAt(Step.BEFORE_THE_ATTEMPT);
            return snippe.create(instruction, preparation);
        }

        @Override
        public Outcome send(PayoutInstruction instruction, CreateRequest request) {
            standStillAt(Step.BEFORE_THE_BYTES);
            if (step == Step.BEFORE_THE_ANSWER) {
                // Snippe has been told not to answer; it is killed while it waits.
                System.out.println(STANDS_STILL);
            }
            Outcome outcome = snippe.send(instruction, request);
            standStillAt(Step.BEFORE_THE_OUTCOME);
            return outcome;
        }

        @Override
        public Outcome lookup(PayoutInstruction instruction, String reference) {
            standStillAt(Step.BEFORE_THE_QUESTION);
            Outcome outcome = snippe.lookup(instruction, reference);
            standStillAt(Step.BEFORE_THE_SETTLEMENT);
            return outcome;
        }

        private void standStillAt(Step here) {
            if (step == here) {
                standStill();
            }
        }
    }
}
