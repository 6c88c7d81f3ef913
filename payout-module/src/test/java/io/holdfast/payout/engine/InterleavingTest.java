package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Money;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Payouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random schedules of lost answers, dying processors, late and repeated news, providers' calls in any order, people who agree,
 * refuse, cancel and resolve: nobody is paid twice and no money is lost.
 */
class InterleavingTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    /** Small seeds of {@link Random} all begin alike. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private static final int PAYOUTS = 4;
    private static final int STEPS = 60;
    private static final List<String> PEOPLE = List.of("maker", "bob", "carol");
    /** The third payout takes one who agrees, the fourth two. */
    private static final ApprovalPolicy APPROVALS =
            ApprovalPolicy.of(new ApprovalRule(tzs(2_000), 1), new ApprovalRule(tzs(3_000), 2));

    private static final Set<String> REFUSALS = Set.of(
            "NOT_CANCELLABLE",
            "NOT_AWAITING_APPROVAL",
            "SAME_PERSON",
            "NOT_IN_REVIEW",
            "LEASE_RUNNING",
            "NOTHING_TO_CONFIRM");

    private static final int DAYS = 40;
    private static final int RUNS_A_DAY_MAX = 50;
    private static final List<Duration> WAITS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofSeconds(61),
            Duration.ofMinutes(10),
            Duration.ofHours(7),
            Duration.ofHours(30));

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobody_is_paid_twice_and_no_money_is_lost(long seed) {
        Random random = new Random(seed * SPREAD);
        ModelBank bank = new ModelBank(bench.clock, random);
        bench.engine(builder -> builder.approvals(APPROVALS), bank);
        List<Payout> payouts = requestAll();

        for (int step = 1; step <= STEPS; step++) {
            step(random, bank, payouts);
            bench.assertBooks();
        }

        drain(bank);
        assertOutcome(bank, payouts, "seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void a_bank_that_pays_twice_pays_from_suspense_and_nobody_from_a_wallet(long seed) {
        Random random = new Random(seed * SPREAD);
        ModelBank bank = ModelBank.thatPaysTwice(bench.clock, random);
        bench.engine(builder -> builder.approvals(APPROVALS), bank);
        List<Payout> payouts = requestAll();

        for (int step = 1; step <= STEPS; step++) {
            step(random, bank, payouts);
            bench.assertBooks();
        }
        drain(bank);
        bank.callOfEverything().forEach(body -> bench.receive("one", body));
        bank.callOfEverything().forEach(body -> bench.receive("one", body));
        reconcile(bank);

        assertFloat(bank, "seed " + seed);
        long wallets = 0;
        for (Payout requested : payouts) {
            Payout payout = bench.find(requested);
            if (payout.status() == PayoutStatus.SUCCEEDED || payout.status() == PayoutStatus.REVIEW) {
                wallets += payout.total().toDecimal().longValueExact();
            }
        }
        assertThat(bench.ledger.balance(ALICE).available())
                .as("what is left of 20,000, nothing being reversed")
                .isEqualTo(tzs(20_000 - wallets));
        long twice = bank.paidTwice().stream()
                .mapToLong(amount -> amount.toDecimal().longValueExact() + 100)
                .sum();
        assertThat(twice).isPositive();
        assertThat(bench.ledger
                        .balance(Account.of("liabilities:suspense:one", PayoutBench.TZS))
                        .total())
                .isEqualTo(tzs(-twice));
    }

    @Test
    void nobody_is_paid_twice_by_processors_at_once() throws Exception {
        Random random = new Random(64);
        ModelBank bank = new ModelBank(bench.clock, random);
        bench.engine(builder -> builder.approvals(APPROVALS), bank);
        List<Payout> payouts = requestAll();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> threads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String person = PEOPLE.get(thread % PEOPLE.size());
                threads.add(pool.submit(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        bench.clock.move(Duration.ofSeconds(7));
                        bank.call().ifPresent(body -> bench.receive("one", body));
                        payouts.forEach(
                                payout -> ask(() -> bench.payouts().as(person).approve(payout.id())));
                        runOrDie();
                    }
                }));
            }
            for (Future<?> thread : threads) {
                thread.get(120, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        drain(bank);
        assertOutcome(bank, payouts, "threads");
    }

    /** Returns as many seeds as {@code -Dholdfast.test.interleavings} says. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("holdfast.test.interleavings", 6));
    }

    static LongStream fewSeeds() {
        return LongStream.rangeClosed(1, 3);
    }

    private List<Payout> requestAll() {
        List<Payout> payouts = new ArrayList<>();
        for (int i = 1; i <= PAYOUTS; i++) {
            payouts.add(bench.payouts()
                    .as("maker")
                    .request(PayoutRequest.of("p" + i, ALICE, tzs(1_000L * i), ASHA)
                            .via("one")));
        }
        return payouts;
    }

    private void step(Random random, ModelBank bank, List<Payout> payouts) {
        Payout payout = payouts.get(random.nextInt(PAYOUTS));
        Payouts person = bench.payouts().as(PEOPLE.get(random.nextInt(PEOPLE.size())));
        switch (random.nextInt(17)) {
            case 0 -> bank.tick();
            case 1 -> bank.tell().ifPresent(told -> bench.learn(told.payout(), told.attempt(), told.outcome()));
            case 2 -> ask(() -> person.cancel(payout.id()));
            case 3, 4, 5 -> bench.clock.move(WAITS.get(random.nextInt(WAITS.size())));
            case 6 -> ask(() -> person.approve(payout.id()));
            case 7 -> ask(() -> random.nextInt(4) == 0 ? person.refuse(payout.id()) : person.approve(payout.id()));
            case 8 -> bank.statement(payout.id()).ifPresent(said -> ask(() -> person.resolve(payout.id(), said)));
            case 9 ->
                ask(() -> person.confirm(
                        payout.id(), Math.max(1, person.resolutions(payout.id()).size())));
            case 12 -> reconcile(bank);
            case 10, 11 -> bank.call().ifPresent(body -> bench.receive("one", body));
            default -> runOrDie();
        }
    }

    private void runOrDie() {
        try {
            bench.runUnchecked();
        } catch (ModelBank.Killed processorDied) {
            // Another one takes over once its lease is over.
        }
    }

    /** Asks for what may be refused because of where the payout stands or who asks, and for no other reason. */
    private static void ask(Supplier<Payout> what) {
        try {
            assertThat(what.get().entries()).isNotEmpty();
        } catch (PayoutRefusedException refused) {
            assertThat(REFUSALS).contains(refused.refusal().code());
        }
    }

    /** Lets everything be decided, and forty days pass. */
    private void drain(ModelBank bank) {
        for (int day = 0; day < DAYS; day++) {
            bank.settleDown();
            for (int done = 1, runs = 0; done > 0 && runs < RUNS_A_DAY_MAX; runs++) {
                done = bench.runUnchecked();
            }
            bench.clock.move(Duration.ofDays(1));
        }
        bench.assertBooks();
    }

    private void assertOutcome(ModelBank bank, List<Payout> payouts, String which) {
        resolve(bank, payouts);
        reconcile(bank);
        for (Payout requested : payouts) {
            Payout payout = bench.find(requested);
            List<ModelBank.State> states = bank.of(payout.id());
            String what = which + bank.name(payout.id()) + " " + bench.path(payout);
            long out = count(states, ModelBank.State.PAID);
            assertThat(out + count(states, ModelBank.State.TAKEN_BACK)).as(what).isLessThanOrEqualTo(1);
            switch (payout.status()) {
                case SUCCEEDED -> assertThat(out).as(what).isEqualTo(1);
                case REVERSED -> assertThat(states).as(what).contains(ModelBank.State.TAKEN_BACK);
                case FAILED, CANCELLED -> assertThat(out).as(what).isZero();
                default -> assertThat(payout.status()).as(what).isEqualTo(PayoutStatus.REVIEW);
            }
        }
        assertFloat(bank, which);
        bench.assertTotal("liabilities:suspense:one", 0);
    }

    /** Compares with all that the bank says it did. */
    private void reconcile(ModelBank bank) {
        Instant now = bench.clock.instant();
        bench.reconciliation()
                .withStatement("one", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), bank.statement());
    }

    /** Lets two persons end, as the bank says by telephone, what nothing else can. */
    private void resolve(ModelBank bank, List<Payout> payouts) {
        for (Payout payout : payouts) {
            if (bench.find(payout).status() == PayoutStatus.REVIEW) {
                bank.statement(payout.id()).ifPresent(said -> {
                    bench.payouts().as("dora").resolve(payout.id(), said);
                    Payouts other = bench.payouts().as("emil");
                    other.confirm(payout.id(), other.resolutions(payout.id()).size());
                });
            }
        }
    }

    /** What the bank has taken is what our books say it has. */
    private void assertFloat(ModelBank bank, String which) {
        bench.assertBooks();
        Account account = Account.of("assets:providers:one:float", PayoutBench.TZS);
        Money found = bench.ledger.account(account).isEmpty()
                ? tzs(0)
                : bench.ledger.balance(account).total();
        assertThat(found).as(which).isEqualTo(bank.taken().negate());
    }

    private static long count(List<ModelBank.State> states, ModelBank.State state) {
        return states.stream().filter(state::equals).count();
    }
}
