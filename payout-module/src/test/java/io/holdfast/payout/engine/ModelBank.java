package io.holdfast.payout.engine;

import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A bank over a line that loses requests and answers. It refuses some payouts, rejects resends, takes its time, keeps fees,
 * takes payments back in parts, and sometimes whoever calls it dies, or others do something while it is called. It remembers
 * keys for a day, if it knows them at all, and pays again after that. Some do not keep their contract.
 */
final class ModelBank implements PayoutProvider {

    private static final Duration QUOTE = Duration.ofMinutes(10);

    private final String name;
    private final Manner manner;
    private final ModelContract contract;
    private final TestClock clock;
    private final Random random;
    private final List<ModelPayment> payments = new ArrayList<>();
    /** What all banks were asked to pay. */
    private final List<ModelPayment> everywhere;

    private final List<WebhookNotice> calls = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private boolean isFaulty = true;

    private ModelBank(String name, Manner manner, TestClock clock, Random random, List<ModelPayment> everywhere) {
        this.name = name;
        this.manner = manner;
        this.everywhere = everywhere;
        this.clock = clock;
        this.random = random;
        this.contract = ModelContract.any(manner, random);
    }

    /** Returns banks of these names, all of one manner. */
    static List<ModelBank> of(Manner manner, TestClock clock, Random random, String... names) {
        List<ModelPayment> everywhere = new CopyOnWriteArrayList<>();
        return Stream.of(names)
                .map(name -> new ModelBank(name, manner, clock, random, everywhere))
                .toList();
    }

    /** How a bank keeps its contract. */
    enum Manner {
        HONEST,
        /** Takes up what it said it rejects, and pays what it said had failed. */
        LYING,
        /** Pays some payouts under two references, and takes nothing back. */
        PAYING_TWICE
    }

    /** The caller's process dies. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Says what others may do while it is called. */
    void meanwhile(Runnable others) {
        meanwhile = others;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return contract.capabilities();
    }

    @Override
    public Duration exchangeTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Preparation prepare(PayoutInstruction instruction) {
        letOthers();
        synchronized (this) {
            int chance = isFaulty ? random.nextInt(8) : 8;
            if (chance == 0) {
                return new Preparation.Postponed(Optional.empty(), "timed out", Evidence.NONE);
            } else if (chance == 1) {
                return new Preparation.Refused(FailureReason.PROVIDER_UNAVAILABLE, "503", "no quotes", Evidence.NONE);
            }
            return new Preparation.Ready(
                    "quote", Optional.empty(), Optional.of(clock.instant().plus(QUOTE)), Evidence.NONE);
        }
    }

    @Override
    public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
        return CreateRequest.post("/pay", instruction.reference());
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        letOthers();
        Outcome outcome = sent(instruction);
        letOthers();
        return outcome;
    }

    private synchronized Outcome sent(PayoutInstruction instruction) {
        Optional<ModelPayment> known = known(instruction);
        if (isFaulty) {
            int chance = random.nextInt(14);
            if (chance == 0) {
                return new Outcome.NotSent("connection refused");
            } else if (chance == 1) {
                return new Outcome.NotExecuted(Optional.of(Duration.ofSeconds(20)), "429", Evidence.NONE);
            } else if (chance == 2) {
                return rejected(FailureReason.PROVIDER_DISABLED);
            } else if (chance == 3) {
                throw new Killed();
            } else if (chance <= 6 && known.isEmpty()) {
                return rejected(chance == 6 ? FailureReason.INVALID_RECIPIENT : FailureReason.INSUFFICIENT_FLOAT);
            } else if (chance <= 9 && known.isEmpty() && manner == Manner.LYING) {
                take(instruction, true);
                return rejected(FailureReason.INSUFFICIENT_FLOAT);
            }
        }
        ModelPayment payment = known.orElseGet(() -> take(instruction, false));
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
        return payment.standing();
    }

    private static Outcome rejected(FailureReason reason) {
        return new Outcome.Rejected(reason, "4xx", "no", Evidence.NONE);
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        letOthers();
        synchronized (this) {
            if (isFaulty && random.nextInt(4) == 0) {
                return random.nextBoolean() ? new Outcome.NotFound(Evidence.NONE) : Outcome.Unknown.of("timed out");
            }
            return payments.stream()
                    .filter(payment -> payment.reference.equals(reference))
                    .findFirst()
                    .map(ModelPayment::standing)
                    .orElse(new Outcome.NotFound(Evidence.NONE));
        }
    }

    @Override
    public Answer<ListPage> list(ListQuestion question) {
        letOthers();
        synchronized (this) {
            List<ListedPayout> listed = payments.stream()
                    .map(payment -> new ListedPayout(
                            payment.reference,
                            payment.instruction.amount(),
                            Optional.of(payment.instruction.recipient().address()),
                            payment.createdAt,
                            Optional.of(payment.instruction.reference()),
                            payment.standing()))
                    .toList();
            return new Answer.Told<>(new ListPage(listed, Optional.empty()));
        }
    }

    private void letOthers() {
        boolean isTheirTurn;
        synchronized (this) {
            isTheirTurn = isFaulty && random.nextInt(3) == 0;
        }
        if (isTheirTurn) {
            meanwhile.run();
        }
    }

    /** Lets time pass: what is undecided may be decided, what is paid may come back, in parts. */
    synchronized void tick() {
        payments.stream()
                .filter(payment -> random.nextInt(payment.wasRejected ? 20 : 3) == 0)
                .forEach(this::decide);
        payments.stream()
                .filter(payment -> manner != Manner.PAYING_TWICE && payment.isOut() && random.nextInt(4) == 0)
                .filter(payment -> everywhere(payment).count() == 1)
                .forEach(payment -> payment.takeBack(1 + random.nextInt(4)));
        payments.stream()
                .filter(payment -> manner == Manner.LYING && random.nextInt(4) == 0)
                .filter(payment ->
                        everywhere(payment).allMatch(other -> other.back().isZero()))
                .forEach(ModelPayment::changeItsMind);
    }

    /** Returns the bodies of signed calls about all that was decided, what was paid twice too, in any order. */
    synchronized List<String> callOfEverything() {
        List<String> bodies = new ArrayList<>();
        for (ModelPayment payment : payments) {
            if (manner == Manner.PAYING_TWICE) {
                payment.payAgain();
            }
            bodies.add(told(payment, payment.reference, payment.standing()));
            if (payment.isOut()) {
                // What was charged, which a call about what came back leaves out.
                bodies.add(told(payment, payment.reference, payment.paid(payment.reference)));
            }
            payment.twin().ifPresent(again -> bodies.add(told(payment, again, payment.paid(again))));
        }
        Collections.shuffle(bodies, random);
        return bodies;
    }

    private String told(ModelPayment payment, String reference, Outcome outcome) {
        return said(new WebhookNotice.Proven(
                name + " " + calls.size(),
                Optional.of(reference),
                Optional.of(payment.instruction.reference()),
                particulars(outcome),
                outcome));
    }

    private static Particulars particulars(Outcome outcome) {
        return outcome instanceof Outcome.Succeeded succeeded ? succeeded.particulars() : Particulars.NONE;
    }

    private String said(WebhookNotice notice) {
        calls.add(notice);
        return "call " + (calls.size() - 1);
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
        List<ModelPayment> rejected =
                payments.stream().filter(payment -> payment.wasRejected).toList();
        List<ModelPayment> some = rejected.isEmpty() || random.nextBoolean() ? payments : rejected;
        ModelPayment payment = some.get(random.nextInt(some.size()));
        return Optional.of(new Telling(payment.instruction.payout(), payment.instruction.attempt(), news(payment, 3)));
    }

    /** What it took up after having rejected it, it tells no more of its own accord than that it has it. */
    private Outcome news(ModelPayment payment, int oneIn) {
        boolean isOld = random.nextInt(oneIn) == 0 || payment.wasRejected;
        return isOld ? payment.accepted() : payment.standing();
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
        ModelPayment payment = payments.get(random.nextInt(payments.size()));
        if (manner == Manner.PAYING_TWICE && payment.isOut() && random.nextInt(4) == 0) {
            payment.payAgain();
            String again = payment.twin().orElseThrow();
            return Optional.of(told(payment, again, payment.paid(again)));
        }
        Outcome outcome = news(payment, 4);
        Optional<String> echo = contract.capabilities().has(Feature.ECHOES_REFERENCE)
                ? Optional.of(payment.instruction.reference())
                : Optional.empty();
        payment.told();
        return Optional.of(said(
                random.nextInt(4) == 0
                        ? new WebhookNotice.Hint(Optional.of(payment.reference), echo)
                        : new WebhookNotice.Proven(
                                name + " " + calls.size(),
                                Optional.of(payment.reference),
                                echo,
                                particulars(outcome),
                                outcome)));
    }

    @Override
    public synchronized WebhookNotice webhook(WebhookDelivery delivery) {
        String body = new String(delivery.body(), StandardCharsets.UTF_8);
        return body.startsWith("call ")
                ? calls.get(Integer.parseInt(body.substring(5)))
                : new WebhookNotice.Refused("not signed");
    }

    /** Returns what is found in the bank's own books. */
    synchronized <T> T books(Function<ModelBooks, T> question) {
        return question.apply(new ModelBooks(payments));
    }

    @Override
    public synchronized String toString() {
        return name + " (" + manner + ", " + (contract.knowsKeys() ? "keys" : "no keys") + ", "
                + contract.capabilities().features() + ")";
    }

    private Optional<ModelPayment> known(PayoutInstruction instruction) {
        return payments.stream()
                .filter(payment ->
                        contract.knowsKeys() && payment.instruction.key().equals(instruction.key()))
                .filter(payment -> clock.instant().isBefore(payment.createdAt.plus(ModelContract.WINDOW)))
                .findFirst();
    }

    private ModelPayment take(PayoutInstruction instruction, boolean wasRejected) {
        String reference = name + "-r" + (payments.size() + 1);
        ModelPayment payment = new ModelPayment(instruction, reference, clock.instant(), wasRejected);
        payments.add(payment);
        everywhere.add(payment);
        return payment;
    }

    /** Returns all that was ever asked of any bank for the same payout: what comes back comes back of the only one. */
    private Stream<ModelPayment> everywhere(ModelPayment like) {
        return everywhere.stream()
                .filter(payment -> payment.instruction.payout().equals(like.instruction.payout()));
    }

    private void decide(ModelPayment payment) {
        boolean mayPay = everywhere(payment).allMatch(other -> other.back().isZero());
        if (payment.isUndecided() && mayPay && random.nextInt(3) > 0) {
            payment.pay();
        } else if (payment.isUndecided()) {
            payment.fail(!payment.wasRejected && random.nextInt(3) == 0);
        }
    }
}
