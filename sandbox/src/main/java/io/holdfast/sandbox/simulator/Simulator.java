package io.holdfast.sandbox.simulator;

import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Answer.Manner;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A payment provider played on loopback: speaks its API over real HTTP, keeps an account per currency or wallet, pays
 * simulated money to simulated recipients, sends webhooks, and fails in every way of {@link Fault} when told to.
 *
 * <p>Nothing happens by itself unless {@link SimulatorSettings#tickingEvery} asks for it: {@link #tick} does what is
 * due by the clock, {@link #advance} moves the clock step by step. What money really moved is in {@link #payments},
 * whatever was or was not answered.
 *
 * <p>Thread-safe. Requests are handled one after the other.
 */
public final class Simulator implements AutoCloseable {

    private static final int BUG = 599;

    private final Clock clock;
    private final SimulatedApi api;
    private final PayoutBook book;
    private final FaultScript script = new FaultScript();
    private final RequestLog log = new RequestLog();
    private final WebhookSender webhooks;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpFront front;

    private Simulator(SimulatorSettings settings, Function<Stage, SimulatedApi> provider) {
        this.clock = settings.clock();
        this.book = new PayoutBook(settings);
        this.api = provider.apply(new Stage(settings, new Ids(settings.seed()), book));
        this.webhooks = new WebhookSender(api.webhookRules(), settings);
        this.front = new HttpFront(settings, this::respond);
    }

    /**
     * Starts a simulator.
     *
     * @param provider makes the API on the stage it is given; called once, at once
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static Simulator start(SimulatorSettings settings, Function<Stage, SimulatedApi> provider) {
        Simulator simulator = new Simulator(settings, provider);
        try {
            simulator.front.listen();
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
        settings.tickEvery().ifPresent(simulator::tickEvery);
        return simulator;
    }

    private void tickEvery(Duration every) {
        Runnable ticking = () -> {
            while (!closesWithin(every)) {
                tick();
            }
        };
        HttpFront.daemons().newThread(ticking).start();
    }

    private boolean closesWithin(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Returns where the simulator listens, without a path. */
    public URI baseUrl() {
        return front.baseUrl();
    }

    // ---- faults

    /** Makes the next request for a payout go wrong; called again, the one after it. No fault means a good answer. */
    public void next(Fault... faults) {
        script.addCreation(faults);
    }

    /** Makes the next request for anything else than a payout go wrong, in the faults of an answer. */
    public void nextRead(Fault... faults) {
        script.addRead(faults);
    }

    /** Makes payouts to a recipient go wrong, until told otherwise; no fault takes back a magic number's. */
    public void script(String recipient, Fault... faults) {
        script.setRecipient(recipient, faults);
    }

    /**
     * Takes faults from text: lines of {@code next FAULT...}, {@code read FAULT...} or {@code RECIPIENT FAULT...};
     * {@code #} begins a comment.
     *
     * @throws IllegalArgumentException naming the line, if one is none of these
     */
    public void script(List<String> lines) {
        script.read(lines);
    }

    /** Makes this API key the only valid one. */
    public synchronized void rotateKey(String key) {
        api.rotateKey(key);
    }

    /** Refuses connections, and drops those that are open, until {@link #listen}. */
    public void hangUp() {
        front.hangUp();
    }

    /** Listens again, on the same port. */
    public void listen() {
        front.listen();
    }

    // ---- time

    /** Does what is due by the clock: settles payouts, delivers webhooks. Returns when nothing more is due. */
    public void tick() {
        boolean busy = true;
        while (busy) {
            Optional<SimulatedPayout> changed = book.takeDueStep(clock.instant());
            changed.ifPresent(this::tell);
            busy = changed.isPresent() || webhooks.deliverDue();
        }
    }

    /**
     * Moves the clock on, stopping at each moment something is due and doing it.
     *
     * @throws IllegalStateException if the simulator's clock is no {@link MovableClock}
     */
    public void advance(Duration duration) {
        if (!(clock instanceof MovableClock movable)) {
            throw new IllegalStateException("Only a MovableClock can be advanced; this simulator runs on " + clock);
        }
        Instant end = movable.instant().plus(duration);
        tick();
        Optional<Instant> due = nextDue();
        while (due.isPresent() && !due.get().isAfter(end)) {
            movable.moveTo(due.get());
            tick();
            due = nextDue();
        }
        movable.moveTo(end);
    }

    private Optional<Instant> nextDue() {
        return Stream.of(book.nextDue(), webhooks.nextDue())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /**
     * Gives a payout a status now, instead of waiting for what is planned: pending becomes succeeded or failed,
     * succeeded becomes reversed, and, as no honest provider does, failed becomes succeeded. What was planned is off.
     *
     * @throws IllegalArgumentException if there is no such payout
     * @throws IllegalStateException if no payout goes from its status to that one
     */
    public void change(String reference, PayoutStatus status) {
        tell(book.change(reference, status));
        tick();
    }

    private synchronized void tell(SimulatedPayout payout) {
        for (WebhookMessage message : api.webhooks(payout)) {
            webhooks.plan(message, payout);
        }
    }

    // ---- what happened

    /** Returns the last requests, in the order they were answered. */
    public List<RequestRecord> requests() {
        return log.records();
    }

    /** Returns all payouts, the oldest first. */
    public List<SimulatedPayout> payouts() {
        return book.payouts();
    }

    /** Returns all money that has reached recipients so far. What is pending may still be paid: {@link #advance}. */
    public List<Payment> payments() {
        return book.payments();
    }

    /** Returns the money that has reached one recipient so far. */
    public List<Payment> payments(String recipient) {
        return payments().stream()
                .filter(payment -> payment.recipient().equals(recipient))
                .toList();
    }

    /** Returns every attempt to deliver a webhook, in order. */
    public List<WebhookDelivery> deliveries() {
        return webhooks.deliveries();
    }

    /** Returns what an account holds. */
    public BigDecimal balance(String account) {
        return book.balance(account);
    }

    /** Adds to an account. */
    public void topUp(String account, BigDecimal amount) {
        book.topUp(account, amount);
    }

    /** Stops listening and forgets everything. */
    @Override
    public void close() {
        closing.countDown();
        front.close();
    }

    // ---- requests

    private Answer respond(Request request) {
        try {
            return answer(request);
        } catch (RuntimeException e) {
            return new Answer(Reply.html(BUG, "Bug in the simulator: " + e), Manner.WHOLE);
        }
    }

    private Answer answer(Request request) {
        Instant at = clock.instant();
        Optional<Creation> creation = api.creation(request);
        Set<Fault> faults = creation.map(script::forCreation).orElseGet(script::forRead);
        Answer answer;
        synchronized (this) {
            answer = Distortion.insteadOfExecuting(request, faults, api)
                    .orElseGet(() -> Distortion.afterExecuting(request, faults, api));
        }
        Optional<String> created = answer.reply().created();
        if (created.isPresent() && faults.contains(Fault.WEBHOOK_BEFORE_ANSWER)) {
            book.hasten(created.get()).ifPresent(this::tell);
            tick();
        }
        OptionalInt answered =
                answer.isAnswered() ? OptionalInt.of(answer.reply().status()) : OptionalInt.empty();
        log.add(new RequestRecord(at, RequestLog.masked(request), creation, faults, created, answered));
        return answer;
    }
}
