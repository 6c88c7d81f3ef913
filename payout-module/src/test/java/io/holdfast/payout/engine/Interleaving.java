package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Payouts by two banks, one after the other where the first refuses, worked on by two processors on one database, while the
 * banks call, people agree, refuse, cancel and resolve, and time passes: in an order that a seed decides, one within the other
 * where a bank is being called. After each event all money is where it should be.
 */
final class Interleaving {

    private static final int PAYOUTS = 6;
    /** After so many events all that can be verified is. */
    private static final int VERIFIED_EVERY = 25;

    static final List<String> PEOPLE = List.of("maker", "bob", "carol");
    /** The last payout but one takes one who agrees, the last two. */
    private static final ApprovalPolicy APPROVALS =
            ApprovalPolicy.of(new ApprovalRule(tzs(2_000), 1), new ApprovalRule(tzs(2_500), 2));

    private static final Set<String> REFUSALS = Set.of(
            "NOT_CANCELLABLE",
            "NOT_AWAITING_APPROVAL",
            "SAME_PERSON",
            "NOT_IN_REVIEW",
            "NOT_RESOLVABLE",
            "LEASE_RUNNING",
            "NOTHING_TO_CONFIRM");

    private static final int DAYS = 40;
    private static final int DAYS_OF_REVERSALS = 5;
    private static final int RUNS_A_DAY_MAX = 50;
    private static final List<Duration> WAITS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofSeconds(61),
            Duration.ofMinutes(10),
            Duration.ofHours(7),
            Duration.ofHours(30));

    private final PayoutBench bench;
    private final ModelBank.Manner manner;
    private final Random random;
    private final List<ModelBank> banks;
    private final Conservation conservation;
    private final List<PayoutEngine> engines;
    private final List<Payout> payouts = new ArrayList<>();
    private Money spent = tzs(0);
    private boolean isWithin;
    /** What failed while a bank was called, where the engine takes it for a defect of the bank's. */
    private Optional<AssertionError> failedWithin = Optional.empty();

    private int events;

    Interleaving(PayoutBench bench, ModelBank.Manner manner, Random random) {
        this.bench = bench;
        this.manner = manner;
        this.random = random;
        this.banks = ModelBank.of(manner, bench.clock, random, "one", "two");
        this.conservation = new Conservation(banks);
        bench.engine(this::setting, banks.toArray(ModelBank[]::new));
        this.engines = List.of(
                bench.newEngine(this::setting, banks.toArray(ModelBank[]::new)),
                bench.newEngine(this::setting, banks.toArray(ModelBank[]::new)));
        banks.forEach(bank -> bank.meanwhile(this::within));
        for (int i = 1; i <= PAYOUTS; i++) {
            payouts.add(bench.payouts().as("maker").request(PayoutRequest.of("p" + i, ALICE, tzs(500L * i), ASHA)));
        }
    }

    Conservation conservation() {
        return conservation;
    }

    List<ModelBank> banks() {
        return banks;
    }

    List<Payout> payouts() {
        return payouts;
    }

    PayoutEngine.Builder setting(PayoutEngine.Builder builder) {
        return builder.approvals(APPROVALS)
                .routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two")))
                .ids(now -> new UUID(random.nextLong(), random.nextLong()));
    }

    /** Lets something happen, and more within it. */
    void step() {
        happen();
        failedWithin.ifPresent(failure -> {
            throw failure;
        });
    }

    private void happen() {
        Payout payout = payouts.get(random.nextInt(PAYOUTS));
        ModelBank bank = banks.get(random.nextInt(banks.size()));
        Payouts person = bench.payouts().as(PEOPLE.get(random.nextInt(PEOPLE.size())));
        switch (random.nextInt(24)) {
            case 0, 1 -> bank.tick();
            case 2, 15 -> bank.tell().ifPresent(told -> bench.learn(told.payout(), told.attempt(), told.outcome()));
            case 3 -> ask(() -> person.cancel(payout.id()));
            case 4, 5, 6 -> bench.clock.move(WAITS.get(random.nextInt(WAITS.size())));
            case 7 -> ask(() -> person.approve(payout.id()));
            case 8 -> ask(() -> random.nextInt(4) == 0 ? person.refuse(payout.id()) : person.approve(payout.id()));
            case 9 -> byTelephone(payout).ifPresent(said -> ask(() -> person.resolve(payout.id(), said)));
            case 10 ->
                ask(() -> person.confirm(
                        payout.id(), Math.max(1, person.resolutions(payout.id()).size())));
            case 11, 12 -> bank.call().ifPresent(body -> bench.receive(bank.name(), body));
            case 13 -> reconcile();
            case 14 -> spendSometimes();
            default -> runOrDie(engines.get(random.nextInt(engines.size())).processor(), 1);
        }
        assertConserved();
    }

    /** Lets others do something while a bank is called, but nobody within that. */
    private void within() {
        if (isWithin) {
            return;
        }
        isWithin = true;
        try {
            for (int more = random.nextInt(3); more >= 0; more--) {
                happen();
            }
        } catch (AssertionError failure) {
            failedWithin = Optional.of(failure);
        } finally {
            isWithin = false;
        }
    }

    static void runOrDie(PayoutProcessor processor, int limit) {
        try {
            processor.runOnce(limit);
        } catch (ModelBank.Killed processorDied) {
            // Another one takes over once its lease is over.
        }
    }

    /** Asks for what may be refused because of where the payout stands or who asks, and for no other reason. */
    static void ask(Supplier<?> what) {
        try {
            assertThat(what.get()).isNotNull();
        } catch (PayoutRefusedException refused) {
            assertThat(REFUSALS).contains(refused.refusal().code());
        }
    }

    /** Lets alice spend what she has left, where banks lie: what they pay late is then owed. */
    private void spendSometimes() {
        Money left = bench.ledger.balance(ALICE).available();
        if (manner == ModelBank.Manner.LYING && left.isPositive() && random.nextInt(3) == 0) {
            bench.ledger.post(JournalEntry.of("spent-" + spent)
                    .debit(ALICE.path(), left)
                    .credit(Wallets.SETTLEMENT, left)
                    .build());
            spent = spent.plus(left);
        }
    }

    /** Returns what a person finds out who asks a bank by telephone; nothing while it has not decided. */
    private Optional<Resolution> byTelephone(Payout requested) {
        Payout payout = bench.find(requested);
        List<ModelPayment> latest = made(payout, payout.attempts().size());
        Optional<ModelPayment> paid = Stream.concat(
                        latest.stream(),
                        payout.attempts().stream()
                                .filter(attempt -> attempt.state() == AttemptState.SURPLUS)
                                .flatMap(attempt -> made(payout, attempt.number()).stream()))
                .filter(ModelPayment::isPaid)
                .findFirst();
        if (!latest.stream().allMatch(payment -> payment.isPaid() || payment.hasFailed())) {
            return Optional.empty();
        }
        Money kept = latest.stream().map(ModelPayment::kept).reduce(tzs(0), Money::plus);
        return Optional.of(paid.map(payment -> Resolution.succeeded("The bank says so")
                        .reference(payment.reference)
                        .fee(ModelPayment.FEE))
                .orElse(Resolution.failed("The bank says so").fee(kept)));
    }

    private List<ModelPayment> made(Payout payout, int attempt) {
        return all(payout).stream()
                .filter(payment -> payment.instruction.attempt() == attempt)
                .toList();
    }

    private List<ModelPayment> all(Payout payout) {
        return banks.stream()
                .flatMap(bank -> bank.books(books -> books.of(payout.id())).stream())
                .toList();
    }

    /** Compares with all that the banks say they did. */
    private void reconcile() {
        banks.forEach(bank -> bench.statement(bank.name(), bank.books(ModelBooks::statement)));
    }

    /** Lets everything be decided, forty days pass, and what is asked be answered. */
    void drain() {
        for (int day = 0; day < DAYS; day++) {
            banks.forEach(ModelBank::settleDown);
            if (day < DAYS_OF_REVERSALS) {
                banks.forEach(ModelBank::tick);
            }
            for (int done = 1, runs = 0; done > 0 && runs < RUNS_A_DAY_MAX; runs++) {
                done = engines.get(day % engines.size()).processor().runOnce(10);
            }
            bench.clock.move(Duration.ofDays(1));
        }
        assertConserved();
        bench.assertBooks();
    }

    /** Lets the banks tell everything, and two persons end what nothing else can. */
    void tellEverything() {
        for (Payout payout : payouts) {
            if (bench.find(payout).status() == PayoutStatus.REVIEW) {
                byTelephone(payout).ifPresent(said -> {
                    bench.payouts().as("dora").resolve(payout.id(), said);
                    Payouts other = bench.payouts().as("emil");
                    other.confirm(payout.id(), other.resolutions(payout.id()).size());
                });
            }
        }
        for (ModelBank bank : banks) {
            bank.callOfEverything().forEach(body -> bench.receive(bank.name(), body));
            bank.callOfEverything().forEach(body -> bench.receive(bank.name(), body));
        }
        reconcile();
    }

    /** What left the wallet is where it should be. */
    private void assertConserved() {
        assertThat(conservation.broken(bench.dataSource, bench.ledger.name()))
                .as(this::toString)
                .isEmpty();
        if (++events % VERIFIED_EVERY == 0) {
            bench.assertBooks();
        }
    }

    private Money total(String path) {
        Account account = Account.of(path, TZS);
        return bench.ledger.account(account).isEmpty()
                ? tzs(0)
                : bench.ledger.balance(account).total();
    }

    /** What was paid under a reference that we know is known to be paid, for somebody was asked about it. */
    void assertEverythingKnownWasAskedAbout() {
        for (Payout requested : payouts) {
            Payout payout = bench.find(requested);
            for (PayoutAttempt attempt : payout.attempts()) {
                boolean isPaid = made(payout, attempt.number()).stream()
                        .filter(ModelPayment::isPaidForAllWhoAsk)
                        .anyMatch(payment -> attempt.providerReference().equals(Optional.of(payment.reference)));
                if (isPaid) {
                    assertThat(attempt.state())
                            .as(() -> "attempt " + attempt.number() + " of " + shown(payout))
                            .isIn(AttemptState.SETTLED, AttemptState.SURPLUS);
                }
            }
        }
    }

    /** Nobody was paid twice by banks that keep their contract; what others paid too stands in suspense. */
    void assertOutcome() {
        assertConserved();
        bench.assertBooks();
        Set<String> settling = payouts.stream()
                .map(bench::find)
                .filter(payout -> payout.status() == PayoutStatus.SUCCEEDED || payout.status() == PayoutStatus.REVERSED)
                .flatMap(payout -> payout.providerReference().stream())
                .collect(Collectors.toSet());
        for (ModelBank bank : banks) {
            Money beside = bank.books(ModelBooks::takenByReference).entrySet().stream()
                    .filter(one -> !settling.contains(one.getKey()))
                    .map(Map.Entry::getValue)
                    .reduce(tzs(0), Money::plus);
            assertThat(total("assets:providers:" + bank.name() + ":float"))
                    .as(this::toString)
                    .isEqualTo(bank.books(ModelBooks::taken).negate());
            assertThat(total("liabilities:suspense:" + bank.name()))
                    .as(this::toString)
                    .isEqualTo(beside.negate());
            if (manner != ModelBank.Manner.LYING) {
                assertThat(beside.isPositive()).as(this::toString).isEqualTo(bank.books(ModelBooks::paidTwice) > 0);
            }
        }
        payouts.forEach(payout -> assertOutcome(bench.find(payout)));
    }

    private void assertOutcome(Payout payout) {
        List<ModelPayment> made = all(payout);
        long paid = made.stream().filter(ModelPayment::isPaid).count();
        boolean isPaidHere = switch (payout.status()) {
            case SUCCEEDED, REVERSED -> true;
            case FAILED, CANCELLED -> false;
            default -> paid > 0;
        };
        assertThat(paid > 0).as(() -> shown(payout)).isEqualTo(isPaidHere);
        if (manner != ModelBank.Manner.LYING) {
            assertThat(paid).as(() -> shown(payout)).isLessThanOrEqualTo(1);
        }
    }

    /** Returns how many payments the banks made a second time. */
    long paidTwice() {
        return banks.stream()
                .mapToLong(bank -> bank.books(ModelBooks::paidTwice))
                .sum();
    }

    Reached reached(Reached reached) {
        payouts.forEach(
                payout -> reached.add(bench.find(payout), bench.payouts().history(payout.id())));
        return reached;
    }

    /** Returns all that happened to each payout, for whoever has to find out why. */
    String story() {
        return payouts.stream()
                .map(payout -> payout.key()
                        + bench.payouts().history(payout.id()).stream()
                                .map(step -> "\n  " + step.to() + " " + step.verdict() + " " + step.cause() + " "
                                        + step.attempt()
                                                .map(number -> "attempt " + number)
                                                .orElse("") + " "
                                        + step.outcome().map(Enum::name).orElse("") + ": " + step.detail())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private String shown(Payout payout) {
        return payout.key() + " " + all(payout) + " " + bench.path(payout) + " "
                + payout.attempts().stream()
                        .map(attempt -> attempt.provider() + " " + attempt.state() + " " + attempt.providerReference())
                        .toList();
    }

    @Override
    public String toString() {
        return "after " + events + " events with " + banks + ": "
                + payouts.stream().map(bench::find).map(this::shown).toList();
    }
}
