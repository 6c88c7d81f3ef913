package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.tzs;

import io.holdfast.ledger.Money;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.payout.spi.WireCurrency;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A bank that keeps its contract over a line that does not: it loses requests and answers, rejects resends, takes its time,
 * takes payments back, and sometimes whoever calls it dies. It remembers keys for a day, if it knows them at all, and pays
 * again after that.
 */
final class ModelBank implements PayoutProvider {

    static final Duration WINDOW = Duration.ofDays(1);

    private static final int ECHOES = 2;
    private static final Money FEE = tzs(100);

    private final Capabilities capabilities;
    private final TestClock clock;
    private final Random random;
    private final boolean knowsKeys;
    private final List<Payment> payments = new ArrayList<>();
    private final List<WebhookNotice> calls = new ArrayList<>();
    private final boolean paysTwice;
    private boolean isFaulty = true;

    ModelBank(TestClock clock, Random random) {
        this(clock, random, random.nextBoolean(), random.nextInt(3), false);
    }

    /** Returns one that breaks its contract: it pays some payouts twice, and takes nothing back. */
    static ModelBank thatPaysTwice(TestClock clock, Random random) {
        return new ModelBank(clock, random, random.nextBoolean(), ECHOES, true);
    }

    private ModelBank(TestClock clock, Random random, boolean knowsKeys, int features, boolean paysTwice) {
        this.clock = clock;
        this.random = random;
        this.knowsKeys = knowsKeys;
        this.paysTwice = paysTwice;
        this.capabilities = Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Text(30))
                .channels(Channel.MOBILE_MONEY)
                .currencies(List.of(WireCurrency.of(TZS, 0)))
                .resend(knowsKeys ? Resend.within(WINDOW) : Resend.NEVER)
                .features(features(features))
                .build();
    }

    enum State {
        UNDECIDED,
        PAID,
        FAILED,
        TAKEN_BACK
    }

    /** What the bank has done, or will do. */
    static final class Payment {
        final PayoutInstruction instruction;
        final String reference;
        final Instant createdAt;
        State state = State.UNDECIDED;
        Optional<String> twin = Optional.empty();

        Payment(PayoutInstruction instruction, String reference, Instant createdAt) {
            this.instruction = instruction;
            this.reference = reference;
            this.createdAt = createdAt;
        }
    }

    /** The caller's process dies. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public String name() {
        return "one";
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Duration exchangeTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
        return CreateRequest.post("/pay", instruction.reference());
    }

    @Override
    public synchronized Outcome send(PayoutInstruction instruction, CreateRequest request) {
        if (isFaulty) {
            int chance = random.nextInt(12);
            if (chance == 0) {
                return new Outcome.NotSent("connection refused");
            } else if (chance == 1) {
                return new Outcome.NotExecuted(Optional.of(Duration.ofSeconds(20)), "429", Evidence.NONE);
            } else if (chance == 2) {
                return new Outcome.Rejected(FailureReason.PROVIDER_DISABLED, "401", "key rotated", Evidence.NONE);
            } else if (chance == 3) {
                throw new Killed();
            }
        }
        Payment payment = known(instruction).orElseGet(() -> take(instruction));
        if (isFaulty) {
            int chance = random.nextInt(6);
            if (chance == 0) {
                throw new Killed();
            } else if (chance <= 2) {
                return Outcome.Unknown.of("the answer was lost");
            } else if (chance == 3) {
                decide(payment);
            }
        }
        return standing(payment);
    }

    @Override
    public synchronized Outcome lookup(PayoutInstruction instruction, String reference) {
        if (isFaulty && random.nextInt(4) == 0) {
            return random.nextBoolean() ? new Outcome.NotFound(Evidence.NONE) : Outcome.Unknown.of("timed out");
        }
        return payments.stream()
                .filter(payment -> payment.reference.equals(reference))
                .findFirst()
                .map(ModelBank::standing)
                .orElse(new Outcome.NotFound(Evidence.NONE));
    }

    @Override
    public synchronized Answer<ListPage> list(ListQuestion question) {
        return new Answer.Told<>(new ListPage(
                payments.stream()
                        .map(payment -> new ListedPayout(
                                payment.reference,
                                payment.instruction.amount(),
                                Optional.of(payment.instruction.recipient().address()),
                                payment.createdAt,
                                Optional.of(payment.instruction.reference()),
                                standing(payment)))
                        .toList(),
                Optional.empty()));
    }

    /** Lets time pass: what is undecided may be decided, what is paid may come back. */
    synchronized void tick() {
        payments.stream().filter(payment -> random.nextInt(3) == 0).forEach(this::decide);
        payments.stream()
                .filter(payment -> !paysTwice && payment.state == State.PAID && random.nextInt(20) == 0)
                .forEach(payment -> payment.state = State.TAKEN_BACK);
    }

    /** Returns the bodies of signed calls about all that was decided, what was paid twice too, in any order. */
    synchronized List<String> callOfEverything() {
        List<String> bodies = new ArrayList<>();
        for (Payment payment : payments) {
            if (paysTwice && payment.state == State.PAID && payment.twin.isEmpty()) {
                payment.twin = Optional.of(payment.reference + "-again");
            }
            bodies.add(told(payment, payment.reference));
            payment.twin.ifPresent(again -> bodies.add(told(payment, again)));
        }
        Collections.shuffle(bodies, random);
        return bodies;
    }

    private String told(Payment payment, String reference) {
        Outcome outcome = payment.state == State.PAID
                ? new Outcome.Succeeded(reference, Particulars.NONE.chargedFee(tzs(100)), Evidence.NONE)
                : standing(payment);
        calls.add(new WebhookNotice.Proven(
                "call " + calls.size(),
                Optional.of(reference),
                Optional.of(payment.instruction.reference()),
                Particulars.NONE,
                outcome));
        return "call " + (calls.size() - 1);
    }

    /** Returns the amounts of what was paid twice. */
    synchronized List<Money> paidTwice() {
        return payments.stream()
                .filter(payment -> payment.twin.isPresent())
                .map(payment -> payment.instruction.amount())
                .toList();
    }

    /** From now on nothing is lost, and everything is decided. */
    synchronized void settleDown() {
        isFaulty = false;
        payments.forEach(this::decide);
    }

    /** Returns something that the bank might say of one of its payments out of turn: how it stands, or how it stood. */
    synchronized Optional<Telling> tell() {
        if (payments.isEmpty()) {
            return Optional.empty();
        }
        Payment payment = payments.get(random.nextInt(payments.size()));
        Outcome outcome = random.nextInt(3) == 0
                ? new Outcome.Accepted(payment.reference, Particulars.NONE, Evidence.NONE)
                : standing(payment);
        return Optional.of(new Telling(payment.instruction.payout(), payment.instruction.attempt(), outcome));
    }

    /** What the bank says of its own accord. */
    record Telling(UUID payout, int attempt, Outcome outcome) {}

    /**
     * Calls us, as a line does that repeats, delays and reorders calls: with something new about one of its payments, signed
     * or not, or with what it had said before. Returns the body.
     */
    synchronized Optional<String> call() {
        if (!calls.isEmpty() && random.nextInt(3) == 0) {
            return Optional.of("call " + random.nextInt(calls.size()));
        } else if (payments.isEmpty()) {
            return Optional.empty();
        }
        Payment payment = payments.get(random.nextInt(payments.size()));
        Outcome outcome = random.nextInt(4) == 0
                ? new Outcome.Accepted(payment.reference, Particulars.NONE, Evidence.NONE)
                : standing(payment);
        Optional<String> echo = capabilities.has(Feature.ECHOES_REFERENCE)
                ? Optional.of(payment.instruction.reference())
                : Optional.empty();
        calls.add(
                random.nextInt(4) == 0
                        ? WebhookNotice.Hint.at(payment.reference)
                        : new WebhookNotice.Proven(
                                "call " + calls.size(),
                                Optional.of(payment.reference),
                                echo,
                                Particulars.NONE,
                                outcome));
        return Optional.of("call " + (calls.size() - 1));
    }

    @Override
    public synchronized WebhookNotice webhook(WebhookDelivery delivery) {
        String body = new String(delivery.body(), StandardCharsets.UTF_8);
        return body.startsWith("call ")
                ? calls.get(Integer.parseInt(body.substring(5)))
                : new WebhookNotice.Refused("not signed");
    }

    /** Returns what a person finds out who asks the bank by telephone; nothing as long as it has not decided. */
    synchronized Optional<Resolution> statement(UUID payout) {
        List<Payment> concerned = payments.stream()
                .filter(payment -> payment.instruction.payout().equals(payout))
                .toList();
        Optional<Payment> paid = concerned.stream()
                .filter(payment -> payment.state == State.PAID)
                .findFirst();
        if (paid.isPresent()) {
            return Optional.of(Resolution.succeeded("The bank says so")
                    .reference(paid.get().reference)
                    .fee(tzs(100)));
        }
        return concerned.stream().allMatch(payment -> payment.state == State.FAILED)
                ? Optional.of(Resolution.failed("The bank says so"))
                : Optional.empty();
    }

    /** Returns the bank's own statement: all that it was ever asked to pay, and what it paid twice. */
    synchronized List<StatementLine> statement() {
        List<StatementLine> lines = new ArrayList<>();
        for (Payment payment : payments) {
            lines.add(line(payment, payment.reference));
            payment.twin.ifPresent(again -> lines.add(line(payment, again)));
        }
        return lines;
    }

    private static StatementLine line(Payment payment, String reference) {
        Status status = switch (payment.state) {
            case UNDECIDED -> Status.UNDER_WAY;
            case PAID -> Status.PAID;
            case FAILED -> Status.FAILED;
            case TAKEN_BACK -> Status.CAME_BACK;
        };
        Money fee = status == Status.PAID ? FEE : tzs(0);
        return new StatementLine(reference, payment.instruction.amount(), Optional.of(fee), status, Optional.empty());
    }

    /** Returns what the bank has taken from what we have prefunded: what it takes back, it gives back with its fee. */
    synchronized Money taken() {
        return statement().stream()
                .filter(line -> line.status() == Status.PAID)
                .map(line -> line.amount().plus(FEE))
                .reduce(tzs(0), Money::plus);
    }

    synchronized List<State> of(UUID payout) {
        return payments.stream()
                .filter(payment -> payment.instruction.payout().equals(payout))
                .map(payment -> payment.state)
                .toList();
    }

    synchronized String name(UUID payout) {
        return Stream.of(
                        knowsKeys ? "keys" : "no keys",
                        capabilities.features().toString(),
                        of(payout).toString())
                .reduce("", (a, b) -> a + " " + b);
    }

    private Optional<Payment> known(PayoutInstruction instruction) {
        return payments.stream()
                .filter(payment -> knowsKeys && payment.instruction.key().equals(instruction.key()))
                .filter(payment -> clock.instant().isBefore(payment.createdAt.plus(WINDOW)))
                .findFirst();
    }

    private Payment take(PayoutInstruction instruction) {
        Payment payment = new Payment(instruction, "r" + (payments.size() + 1), clock.instant());
        payments.add(payment);
        return payment;
    }

    private void decide(Payment payment) {
        if (payment.state == State.UNDECIDED) {
            payment.state = random.nextInt(3) == 0 ? State.FAILED : State.PAID;
        }
    }

    private static Outcome standing(Payment payment) {
        return switch (payment.state) {
            case UNDECIDED -> new Outcome.Accepted(payment.reference, Particulars.NONE, Evidence.NONE);
            case PAID -> new Outcome.Succeeded(payment.reference, Particulars.NONE.chargedFee(tzs(100)), Evidence.NONE);
            case FAILED ->
                new Outcome.Failed(payment.reference, FailureReason.DECLINED, "", "", Optional.empty(), Evidence.NONE);
            case TAKEN_BACK ->
                new Outcome.Reversed(payment.reference, payment.instruction.amount(), Optional.of(FEE), Evidence.NONE);
        };
    }

    private static Feature[] features(int choice) {
        return switch (choice) {
            case 0 -> new Feature[] {Feature.REVERSALS};
            case 1 -> new Feature[] {Feature.LIST, Feature.REVERSALS};
            default -> new Feature[] {Feature.LIST, Feature.ECHOES_REFERENCE, Feature.REVERSALS};
        };
    }
}
