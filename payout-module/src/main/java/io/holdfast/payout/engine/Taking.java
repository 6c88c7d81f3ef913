package io.holdfast.payout.engine;

import static java.util.stream.Collectors.toMap;

import io.holdfast.payout.BrokenProvider;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.engine.SnapshotReader.Due;
import io.holdfast.payout.spi.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes up what is due, as much as providers take now, each payout under a lease of its own. */
final class Taking {

    private final Desk desk;
    private final Gates gates;
    private final Breakers breakers;
    private final Claims claims;
    private final FirstSend sender;

    Taking(Desk desk, Gates gates, Breakers breakers, Claims claims, FirstSend sender) {
        this.desk = desk;
        this.gates = gates;
        this.breakers = breakers;
        this.claims = claims;
        this.sender = sender;
    }

    /** A claim that was let in at a gate, which it has to leave; there is none at a provider that is not configured. */
    record Taken(Claim claim, Optional<Gate> gate) {

        void leave() {
            gate.ifPresent(Gate::leave);
        }
    }

    /**
     * Takes up what is due at each provider: one payout of which something may have been sent, one of which nothing was, and so
     * on in turn, of each kind what has been due for longest.
     */
    List<Taken> take(int limit) {
        List<Entered> entered = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        boolean isDone = false;
        try {
            List<Taken> found = desk.session().write(transaction -> {
                entered.forEach(Entered::turnBack);
                entered.clear();
                return take(transaction, limit, entered);
            });
            taken.addAll(found);
            isDone = true;
        } finally {
            if (!isDone) {
                entered.forEach(Entered::turnBack);
            }
        }
        return taken;
    }

    /**
     * When leases begin.
     *
     * @param here the same moment or one before, on this machine
     */
    private record Beginning(Instant now, EngineClock.Local here) {}

    private List<Taken> take(Transaction transaction, int limit, List<Entered> entered) {
        EngineClock.Local here = desk.clock().local();
        Instant now = desk.clock().now(transaction.db());
        Beginning beginning = new Beginning(now, here);
        List<Taken> taken = new ArrayList<>();
        Map<String, BrokenProvider> broken = broken(transaction);
        for (Gate gate : gates.inTurn()) {
            int room = taken.size() < limit ? gate.enter(limit - taken.size(), now) : 0;
            if (room > 0) {
                Entered letIn = new Entered(gate, room);
                entered.add(letIn);
                Optional<BrokenProvider> state =
                        Optional.ofNullable(broken.get(gate.provider().name()));
                List<PayoutSnapshot> due = due(transaction, gate, state, room, now);
                letIn.keep(due.size());
                // Before anything is written, which would have to reach the database first.
                Map<UUID, Map<String, String>> metadata = sender.metadata(transaction.db(), gate.provider(), due);
                for (PayoutSnapshot payout : due) {
                    Map<String, String> pairs =
                            metadata.getOrDefault(payout.intent().id(), Map.of());
                    taken.add(new Taken(claim(transaction, payout, pairs, beginning), Optional.of(gate)));
                }
            }
        }
        if (taken.size() < limit) {
            takeElsewhere(transaction, limit, taken, beginning);
        }
        return taken;
    }

    /** Takes up what waits at providers that are not configured. */
    private void takeElsewhere(Transaction transaction, int limit, List<Taken> taken, Beginning beginning) {
        SnapshotReader reader = desk.stores().reader();
        for (String provider : reader.dueProviders(transaction.db())) {
            if (!gates.names().contains(provider) && taken.size() < limit) {
                reader.lockDue(transaction.db(), provider, Due.BOTH_ASKED_FIRST, limit - taken.size(), beginning.now())
                        .forEach(payout -> taken.add(
                                new Taken(claim(transaction, payout, Map.of(), beginning), Optional.empty())));
            }
        }
    }

    private Map<String, BrokenProvider> broken(Transaction transaction) {
        if (!desk.settings().breaker().isOn()) {
            return Map.of();
        }
        Map<String, BrokenProvider> broken = desk.stores().breakers().open(transaction.db()).stream()
                .collect(toMap(BrokenProvider::provider, one -> one));
        breakers.know(broken.keySet());
        return broken;
    }

    /** Returns what is due at a provider; of what is new at one that is broken, one payout now and then. */
    private List<PayoutSnapshot> due(
            Transaction transaction, Gate gate, Optional<BrokenProvider> broken, int room, Instant now) {
        SnapshotReader reader = desk.stores().reader();
        String provider = gate.provider().name();
        if (broken.isEmpty()) {
            Due due = gate.isNewFirst() ? Due.BOTH_NEW_FIRST : Due.BOTH_ASKED_FIRST;
            return reader.lockDue(transaction.db(), provider, due, room, now);
        }
        List<PayoutSnapshot> due = new ArrayList<>();
        if (!now.isBefore(broken.get().retryAt())) {
            List<PayoutSnapshot> trial = reader.lockDue(transaction.db(), provider, Due.NEW, 1, now);
            Instant next =
                    now.plus(desk.settings().breaker().pauseAfter(broken.get().trials() + 1));
            if (!trial.isEmpty() && desk.stores().breakers().tryAgain(transaction.db(), broken.get(), now, next)) {
                due.addAll(trial);
            }
        }
        if (due.size() < room) {
            due.addAll(reader.lockDue(transaction.db(), provider, Due.TO_BE_ASKED_ABOUT, room - due.size(), now));
        }
        return due;
    }

    /** How many were let in at a gate, while it is not certain that they were claimed. */
    private static final class Entered {

        private final Gate gate;
        private int count;

        Entered(Gate gate, int count) {
            this.gate = gate;
            this.count = count;
        }

        /** Turns all back but so many. */
        void keep(int kept) {
            gate.turnBack(count - kept);
            count = kept;
        }

        void turnBack() {
            keep(0);
        }
    }

    private Claim claim(
            Transaction transaction, PayoutSnapshot due, Map<String, String> metadata, Beginning beginning) {
        Instant now = beginning.now();
        PayoutSnapshot claimed = claimed(transaction, due, now);
        Optional<Claims.Sendable> begun = Optional.empty();
        if (claimed.standing().status() == PayoutStatus.SENDING) {
            begun = sender.draft(claimed, metadata)
                    .map(attempt -> claims.begin(transaction, claimed, attempt, beginning.here(), now));
        }
        return new Claim(claimed, begun);
    }

    private PayoutSnapshot claimed(Transaction transaction, PayoutSnapshot due, Instant now) {
        PayoutSnapshot lapsed = lapse(transaction, due, now);
        Standing standing = lapsed.standing();
        PayoutSnapshot leased = lapsed.with(standing.leased(
                standing.leaseToken() + 1, now.plus(desk.settings().processing().lease())));
        return switch (standing.status()) {
            case SCHEDULED -> begin(transaction, becomeDue(transaction, leased, now), now);
            case PENDING -> begin(transaction, leased, now);
            case SENDING -> recover(transaction, leased, now);
            case AWAITING_APPROVAL, PROCESSING, UNKNOWN, REVIEW, SUCCEEDED, FAILED, CANCELLED, REVERSED -> {
                desk.stores().payouts().update(transaction.sheet(), leased.intent(), leased.standing());
                yield leased;
            }
        };
    }

    /** Cancels what it took up that not enough have agreed to in time. */
    void cancelUnapproved(Claim claim) {
        claims.cancelUnapproved(claim);
    }

    /** Sends that were under way when an earlier lease ran out may have arrived or not. */
    private PayoutSnapshot lapse(Transaction transaction, PayoutSnapshot payout, Instant now) {
        PayoutSnapshot lapsed = payout;
        for (Attempt attempt : payout.attempts()) {
            if (attempt.isUnderWay()) {
                List<Send> sends = new ArrayList<>();
                for (Send send : attempt.sends()) {
                    Send known = send.isUnderWay() ? send.answered(Outcome.Code.UNKNOWN, now) : send;
                    if (send.isUnderWay()) {
                        desk.stores()
                                .payouts()
                                .update(transaction.sheet(), payout.intent().id(), attempt.number(), known);
                    }
                    sends.add(known);
                }
                lapsed = lapsed.with(attempt.sends(sends));
            }
        }
        return lapsed;
    }

    private PayoutSnapshot becomeDue(Transaction transaction, PayoutSnapshot payout, Instant now) {
        return desk.scribe()
                .move(
                        transaction,
                        payout,
                        payout.standing().status(PayoutStatus.PENDING),
                        Scribe.Move.of(
                                Cause.DUE, "Its time has come", desk.settings().actor(), now));
    }

    private PayoutSnapshot begin(Transaction transaction, PayoutSnapshot payout, Instant now) {
        return desk.scribe()
                .move(
                        transaction,
                        payout,
                        payout.standing().status(PayoutStatus.SENDING),
                        Scribe.Move.of(
                                Cause.CLAIM,
                                "Taken up for sending",
                                desk.settings().actor(),
                                now));
    }

    /** The processor that was sending is gone. Only where no send was written down can nothing have left. */
    private PayoutSnapshot recover(Transaction transaction, PayoutSnapshot payout, Instant now) {
        boolean isClear = payout.open().map(Attempt::isClear).orElse(true);
        Standing standing = payout.standing();
        Standing next;
        if (!isClear) {
            Instant poll = desk.settings().schedule().poll(payout.intent().id(), 0, now);
            next = standing.status(PayoutStatus.UNKNOWN).next(Optional.of(poll), 0);
        } else if (standing.blocked()) {
            Instant review = desk.settings().schedule().review(payout.intent().id(), 0, now);
            next = standing.status(PayoutStatus.REVIEW).next(Optional.of(review), 0);
        } else {
            next = standing.status(PayoutStatus.PENDING).next(Optional.of(now), standing.tries());
        }
        String detail = isClear
                ? "The processor's lease ran out before anything was sent"
                : "The processor's lease ran out, and what it sent may have arrived";
        return desk.scribe()
                .move(
                        transaction,
                        payout,
                        next.unleased(),
                        Scribe.Move.of(Cause.LEASE, detail, desk.settings().actor(), now));
    }
}
