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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Processors in a process of their own, each of which stands still at its step until the process is killed.
 *
 * <p>Arguments, seven for each: JDBC URL, ledger, the URLs of the simulators, the time, the step, at which provider, the classes
 * of the {@link PlayedProvider}s; of the providers those that are several are joined by commas, in the order of their route.
 */
final class DoomedProcessor implements Runnable {

    /** What is printed, with the ledger's name behind it, once a processor stands still. */
    static final String STANDS_STILL = "stands still: ";

    private static final int ARGUMENTS = 7;
    private static final int RUNS = 3;
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final List<String> arguments;
    private final Step step;
    private final CountDownLatch moving;

    private DoomedProcessor(List<String> arguments, CountDownLatch moving) {
        this.arguments = arguments;
        this.step = Step.valueOf(arguments.get(4));
        this.moving = moving;
    }

    public static void main(String[] args) {
        List<String> all = List.of(args);
        List<List<String>> each = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ARGUMENTS) {
            each.add(all.subList(from, from + ARGUMENTS));
        }
        CountDownLatch moving = new CountDownLatch(each.size());
        each.forEach(arguments -> new Thread(new DoomedProcessor(arguments, moving)).start());
    }

    @Override
    public void run() {
        try {
            process();
            System.out.println("The processor of " + arguments + " never came to its step");
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.out.println("The processor of " + arguments + " failed: " + e);
        }
        System.exit(1);
    }

    private void process() throws ReflectiveOperationException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(arguments.get(0));
        MovableClock clock = MovableClock.at(arguments.get(3));
        Ledger ledger = PostgresLedger.over(dataSource)
                .ledger(arguments.get(1))
                .clock(clock)
                .build();
        List<PlayedProvider> route = new ArrayList<>();
        for (String name : arguments.get(6).split(",", -1)) {
            route.add(Class.forName(name)
                    .asSubclass(PlayedProvider.class)
                    .getDeclaredConstructor()
                    .newInstance());
        }
        String[] simulators = arguments.get(2).split(",", -1);
        List<PayoutProvider> adapters = new ArrayList<>();
        for (int i = 0; i < simulators.length; i++) {
            PayoutProvider adapter = route.get(i).adapter(URI.create(simulators[i]), clock);
            adapters.add(adapter.name().equals(arguments.get(5)) ? new Doomed(adapter) : adapter);
        }
        PayoutProcessor processor = ProviderBench.engine(dataSource, ledger, clock, route.get(0), adapters)
                .processor();
        for (int run = 0; run < RUNS; run++) {
            processor.runOnce(1);
            standStillAt(Step.AFTER_THE_OUTCOME);
            clock.advance(WAIT);
        }
    }

    private void standStillAt(Step here) {
        if (step == here) {
            saySo();
            await(NEVER);
        }
    }

    private void saySo() {
        moving.countDown();
        System.out.println(STANDS_STILL + arguments.get(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An adapter whose calls stand still at the step. */
    private final class Doomed implements PayoutProvider {

        private final PayoutProvider adapter;

        private Doomed(PayoutProvider adapter) {
            this.adapter = adapter;
        }

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
            standStillAt(Step.BEFORE_THE_QUESTION);
            Answer<ListPage> answer = adapter.list(question);
            standStillAt(Step.BEFORE_THE_SETTLEMENT);
            return answer;
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
                // The provider has been told not to answer: this one sends when all others stand still, and is killed
                // while it waits.
                saySo();
                await(moving);
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
    }
}
