package io.holdfast.provider;

import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
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
 * <p>Arguments: JDBC URL, ledger, the simulator's URL, the time, the step, the class of the {@link PlayedProvider}.
 */
final class DoomedProcessor {

    /** What it prints once it stands still. */
    static final String STANDS_STILL = "stands still";

    private static final int RUNS = 3;
    private static final Duration WAIT = Duration.ofMinutes(1);

    private DoomedProcessor() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(args[0]);
        MovableClock clock = MovableClock.at(args[3]);
        Ledger ledger =
                PostgresLedger.over(dataSource).ledger(args[1]).clock(clock).build();
        Step step = Step.valueOf(args[4]);
        PlayedProvider played = Class.forName(args[5])
                .asSubclass(PlayedProvider.class)
                .getDeclaredConstructor()
                .newInstance();
        PayoutProvider adapter = new Doomed(played.adapter(URI.create(args[2]), clock), step);
        PayoutProcessor processor =
                ProviderBench.engine(dataSource, ledger, clock, played, adapter).processor();
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

    /** An adapter whose calls stand still at the step. */
    private record Doomed(PayoutProvider adapter, Step step) implements PayoutProvider {

        @Override
        public String name() {
            return adapter.name();
        }

        @Override
        public Capabilities capabilities() {
            return adapter.capabilities();
        }

        @Override
        public Duration exchangeTimeout() {
            return adapter.exchangeTimeout();
        }

        @Override
        public Preparation prepare(PayoutInstruction instruction) {
            Preparation preparation = adapter.prepare(instruction);
            standStillAt(Step.AFTER_THE_PREPARATION);
            return preparation;
        }

        @Override
        public Answer<ListPage> list(ListQuestion question) {
            return adapter.list(question);
        }

        @Override
        public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
            standStillAt(Step.BEFORE_THE_ATTEMPT);
            return adapter.create(instruction, preparation);
        }

        @Override
        public Outcome send(PayoutInstruction instruction, CreateRequest request) {
            standStillAt(Step.BEFORE_THE_BYTES);
            if (step == Step.BEFORE_THE_ANSWER) {
                // The provider has been told not to answer; it is killed while it waits.
                System.out.println(STANDS_STILL);
            }
            Outcome outcome = adapter.send(instruction, request);
            standStillAt(Step.BEFORE_THE_OUTCOME);
            return outcome;
        }

        @Override
        public Outcome lookup(PayoutInstruction instruction, String reference) {
            standStillAt(Step.BEFORE_THE_QUESTION);
            Outcome outcome = adapter.lookup(instruction, reference);
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
