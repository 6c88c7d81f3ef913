package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.audit.Verification;
import io.holdfast.audit.Verifier;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.Payouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes with an engine and connections of their own at one database, each in a thread, over banks whose answers are lost, come
 * twice and late, whose callers die, and some of which lie or pay twice; and one beside them that verifies the books all the
 * time. What each thread draws follows from its seed; in which order they come is up to the machine.
 */
class NodesTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    /** Small seeds of {@link Random} all begin alike. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private static final int NODES = 3;
    private static final int ROUNDS = 8;
    private static final int STEPS = 8;
    private static final int CONNECTIONS = 4;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int PATIENCE_SECONDS = 120;
    /** How time passes while nobody calls a bank: no call takes longer than its lease. */
    private static final List<Duration> JUMPS =
            List.of(Duration.ofSeconds(61), Duration.ofMinutes(10), Duration.ofHours(7), Duration.ofHours(30));

    private final RandomPerThread random = new RandomPerThread();
    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final AtomicBoolean isOver = new AtomicBoolean();
    /** How often everything was verified since the nodes last came together. */
    private final AtomicInteger verified = new AtomicInteger();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    /** As many as {@code -Dholdfast.test.interleavings} says, for each manner of bank. */
    static Stream<Arguments> seeds() {
        int seeds = Integer.getInteger("holdfast.test.interleavings", 3);
        return Stream.of(ModelBank.Manner.values())
                .flatMap(manner -> IntStream.rangeClosed(1, seeds).mapToObj(seed -> Arguments.of(manner, 100 * seed)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nodes_at_once_lose_no_money_and_pay_nobody_twice_at_any_moment(ModelBank.Manner manner, long seed)
            throws Exception {
        random.begin(seed * SPREAD);
        Interleaving interleaving = new Interleaving(bench, manner, random);
        interleaving.banks().forEach(bank -> bank.meanwhile(() -> {}));
        ExecutorService pool = Executors.newFixedThreadPool(NODES + 1);
        try {
            Future<?> verifier = pool.submit(() -> verifyAllTheTime(interleaving.conservation()));
            Phaser round = round(seed, verifier);
            List<Future<?>> nodes = new ArrayList<>();
            for (int node = 1; node <= NODES; node++) {
                long own = seed + node;
                nodes.add(pool.submit(() -> runNode(own, interleaving, round)));
            }
            for (Future<?> node : nodes) {
                node.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            isOver.set(true);
            verifier.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause() + "\n" + interleaving.story(), failed);
        } finally {
            isOver.set(true);
            pool.shutdownNow();
        }

        interleaving.drain();
        interleaving.assertEverythingKnownWasAskedAbout();
        interleaving.tellEverything();
        interleaving.assertOutcome();
        assertThat(interleaving.paidTwice() > 0).isEqualTo(manner == ModelBank.Manner.PAYING_TWICE);
    }

    /** Returns what the nodes come together at: everything was verified meanwhile, and then time passes. */
    private Phaser round(long seed, Future<?> verifier) {
        Iterator<Duration> jumps = new Random(seed * SPREAD)
                .ints(0, JUMPS.size())
                .mapToObj(JUMPS::get)
                .iterator();
        return new Phaser(NODES) {
            @Override
            protected boolean onAdvance(int number, int nodes) {
                while (verified.getAndSet(0) == 0 && !verifier.isDone()) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                bench.clock.move(jumps.next());
                return number + 1 == ROUNDS;
            }
        };
    }

    /** Verifies everything, each time in one snapshot, until the nodes have ended. */
    private void verifyAllTheTime(Conservation conservation) {
        Verifier verifier =
                Verifier.over(DATABASE.dataSource()).and(PayoutEngine.checks()).and(List.of(conservation));
        while (!isOver.get()) {
            Verification verification = verifier.verify(bench.ledger.name());
            assertThat(verification.checks())
                    .allSatisfy(check ->
                            assertThat(check.failures()).as(check.name()).isEmpty());
            verified.incrementAndGet();
        }
    }

    private void runNode(long seed, Interleaving interleaving, Phaser round) {
        random.begin(seed * SPREAD);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(CONNECTIONS);
        try (HikariDataSource connections = new HikariDataSource(config)) {
            PayoutBench node = bench.node(connections)
                    .engine(interleaving::setting, interleaving.banks().toArray(ModelBank[]::new));
            while (!round.isTerminated()) {
                for (int step = 0; step < STEPS; step++) {
                    step(node, interleaving);
                }
                round.arriveAndAwaitAdvance();
            }
        } finally {
            round.arriveAndDeregister();
        }
    }

    private void step(PayoutBench node, Interleaving interleaving) {
        ModelBank bank =
                interleaving.banks().get(random.nextInt(interleaving.banks().size()));
        Payout payout =
                interleaving.payouts().get(random.nextInt(interleaving.payouts().size()));
        Payouts person = node.payouts().as(Interleaving.PEOPLE.get(random.nextInt(Interleaving.PEOPLE.size())));
        switch (random.nextInt(12)) {
            case 0 -> bank.tick();
            case 1, 2 -> bank.call().ifPresent(body -> node.receive(bank.name(), body));
            case 3, 4 -> Interleaving.ask(() -> person.approve(payout.id()));
            case 5 -> Interleaving.ask(() -> person.cancel(payout.id()));
            case 6 -> node.statement(bank.name(), bank.books(ModelBooks::statement));
            case 7 -> bench.clock.move(Duration.ofSeconds(5));
            default -> Interleaving.runOrDie(node.processor(), 1 + random.nextInt(3));
        }
    }
}
