package io.holdfast.sandbox.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The payouts of a simulated provider, what becomes of each and when, the accounts that pay for them, and the money
 * that really reached recipients. Thread-safe.
 */
public final class PayoutBook {

    private static final Comparator<Step> STEP_ORDER =
            Comparator.comparing(Step::at).thenComparing(Step::number);

    private final SimulatorSettings settings;
    private final Map<String, SimulatedPayout> payouts = new LinkedHashMap<>();
    private final Map<String, BigDecimal> balances = new HashMap<>();
    private final List<Payment> payments = new ArrayList<>();
    private final PriorityQueue<Step> steps = new PriorityQueue<>(STEP_ORDER);
    private long stepsPlanned;

    PayoutBook(SimulatorSettings settings) {
        this.settings = settings;
    }

    private record Step(Instant at, long number, String reference, PayoutStatus to) {}

    /** Returns what an account holds; zero if it was never topped up. */
    public synchronized BigDecimal balance(String account) {
        return balances.getOrDefault(account, BigDecimal.ZERO);
    }

    /** Adds to an account; a negative amount takes away. */
    public synchronized void topUp(String account, BigDecimal amount) {
        balances.merge(account, amount, BigDecimal::add);
    }

    /**
     * Creates a payout, debits its total, and plans what becomes of it.
     *
     * @param reference the provider's name for it, new
     * @throws IllegalStateException if the account holds less than the total; the API asks {@link #balance} first
     * @throws IllegalArgumentException if the reference is taken
     */
    public synchronized SimulatedPayout create(
            String reference, PayoutOrder order, Set<Fault> faults, Duration settleAfter) {
        if (balance(order.account()).compareTo(order.total()) < 0) {
            throw new IllegalStateException("Account " + order.account() + " holds " + balance(order.account())
                    + ", the payout takes " + order.total());
        }
        if (payouts.containsKey(reference)) {
            throw new IllegalArgumentException("Reference " + reference + " is taken");
        }
        Instant now = settings.clock().instant();
        SimulatedPayout payout =
                new SimulatedPayout(reference, order, faults, PayoutStatus.PENDING, now, now, Optional.empty());
        payouts.put(reference, payout);
        topUp(order.account(), order.total().negate());
        plan(payout, now.plus(settleAfter));
        return payout;
    }

    private void plan(SimulatedPayout payout, Instant settles) {
        Set<Fault> faults = payout.faults();
        Instant later = settles.plus(settings.laterAfter());
        if (faults.contains(Fault.NEVER_SETTLES)) {
            return;
        }
        if (faults.contains(Fault.LATE_FAILURE)) {
            plan(payout, settles, PayoutStatus.FAILED);
        } else if (faults.contains(Fault.LATE_SUCCESS)) {
            plan(payout, settles, PayoutStatus.FAILED);
            plan(payout, later, PayoutStatus.SUCCEEDED);
        } else {
            plan(payout, settles, PayoutStatus.SUCCEEDED);
        }
        if (faults.contains(Fault.REVERSAL)) {
            plan(payout, later, PayoutStatus.REVERSED);
        }
    }

    private void plan(SimulatedPayout payout, Instant at, PayoutStatus to) {
        steps.add(new Step(at, stepsPlanned++, payout.reference(), to));
    }

    /** Returns a payout by the provider's name for it, whether callers may see it or not. */
    public synchronized Optional<SimulatedPayout> find(String reference) {
        return Optional.ofNullable(payouts.get(reference));
    }

    /** Returns the payouts that callers may see, the newest first. */
    public synchronized List<SimulatedPayout> visibleNewestFirst() {
        List<SimulatedPayout> visible = new ArrayList<>();
        for (SimulatedPayout payout : payouts.values()) {
            if (payout.isVisible()) {
                visible.add(0, payout);
            }
        }
        return List.copyOf(visible);
    }

    /** Returns all payouts, the oldest first. */
    public synchronized List<SimulatedPayout> payouts() {
        return List.copyOf(payouts.values());
    }

    /** Returns all money that has reached recipients so far, in order. */
    public synchronized List<Payment> payments() {
        return List.copyOf(payments);
    }

    /** Returns when the next payout changes by itself. */
    synchronized Optional<Instant> nextDue() {
        return Optional.ofNullable(steps.peek()).map(Step::at);
    }

    /** Takes the next step that is due, and returns the payout if that changed it. */
    synchronized Optional<SimulatedPayout> takeDueStep(Instant now) {
        while (!steps.isEmpty() && !steps.peek().at().isAfter(now)) {
            Step step = steps.remove();
            SimulatedPayout payout = payouts.get(step.reference());
            if (payout != null && leadsTo(payout.status(), step.to())) {
                return Optional.of(change(payout, step.to(), step.at()));
            }
        }
        return Optional.empty();
    }

    /**
     * Gives a payout a status by hand; what was planned for it is off.
     *
     * @throws IllegalArgumentException if there is no such payout
     * @throws IllegalStateException if no payout goes from its status to that one
     */
    synchronized SimulatedPayout change(String reference, PayoutStatus to) {
        SimulatedPayout payout = find(reference)
                .orElseThrow(() -> new IllegalArgumentException("There is no payout with reference " + reference));
        if (!leadsTo(payout.status(), to)) {
            throw new IllegalStateException(
                    "Payout " + reference + " is " + payout.status() + " and cannot become " + to);
        }
        steps.removeIf(step -> step.reference().equals(reference));
        return change(payout, to, settings.clock().instant());
    }

    /** Takes the first step that is planned for a payout now; empty if none is. */
    synchronized Optional<SimulatedPayout> hasten(String reference) {
        Optional<Step> first = steps.stream()
                .filter(step -> step.reference().equals(reference))
                .min(STEP_ORDER);
        first.ifPresent(steps::remove);
        return first.flatMap(step -> find(reference)
                .map(payout -> change(payout, step.to(), settings.clock().instant())));
    }

    private static boolean leadsTo(PayoutStatus from, PayoutStatus to) {
        return switch (from) {
            case PENDING -> to == PayoutStatus.SUCCEEDED || to == PayoutStatus.FAILED;
            case SUCCEEDED -> to == PayoutStatus.REVERSED;
            case FAILED -> to == PayoutStatus.SUCCEEDED;
            case REVERSED -> false;
        };
    }

    private SimulatedPayout change(SimulatedPayout payout, PayoutStatus to, Instant at) {
        SimulatedPayout changed = payout.changedTo(to, at);
        payouts.put(payout.reference(), changed);
        PayoutOrder order = payout.order();
        switch (to) {
            case SUCCEEDED -> {
                if (payout.status() == PayoutStatus.FAILED) {
                    topUp(order.account(), order.total().negate());
                }
                pay(changed, at);
                if (payout.faults().contains(Fault.PAID_TWICE)) {
                    pay(changed, at);
                }
            }
            case FAILED -> topUp(order.account(), order.total());
            case REVERSED -> {
                topUp(order.account(), order.total());
                payments.replaceAll(
                        payment -> payment.reference().equals(payout.reference()) ? payment.reversed(at) : payment);
            }
            case PENDING -> throw new IllegalStateException("Nothing becomes pending again");
        }
        return changed;
    }

    private void pay(SimulatedPayout payout, Instant at) {
        PayoutOrder order = payout.order();
        payments.add(new Payment(
                payout.reference(), order.recipient(), order.currency(), order.amount(), at, Optional.empty()));
    }
}
