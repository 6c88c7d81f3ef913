package io.holdfast.payout.engine;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Compares a provider's list or statement with the payouts sent to it. */
final class Reconciler implements Reconciliation {

    private static final int PAGES_MAX = 1_000;

    private final Desk desk;
    private final Gates gates;
    private final Environments environments;
    private final Movements movements;

    Reconciler(Desk desk, Gates gates, Environments environments, Movements movements) {
        this.desk = desk;
        this.gates = gates;
        this.environments = environments;
        this.movements = movements;
    }

    @Override
    public Optional<ReconciliationReport> withList(String provider, Instant from, Instant to) {
        Gate gate = gates.find(provider)
                .orElseThrow(() -> new IllegalArgumentException("Provider \"" + provider + "\" is not configured"));
        environments.check(gate.provider());
        ListQuestion question = new ListQuestion(from, to, Optional.empty());
        AtomicInteger pages = new AtomicInteger();
        ListWalk.Read read =
                ListWalk.within(new ProviderCalls(gate), question, () -> pages.incrementAndGet() <= PAGES_MAX);
        return Optional.of(read.payouts())
                .filter(all -> read.isThrough())
                .map(listed -> compare(
                        provider,
                        from,
                        to,
                        Set.of(),
                        listed.stream()
                                // A provider that cannot filter shows everything that it ever paid.
                                .filter(question::covers)
                                .map(Shown::of)
                                .toList()));
    }

    @Override
    public ReconciliationReport withStatement(String provider, Instant from, Instant to, List<StatementLine> lines) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A statement from " + from + " to " + to + " ends before it begins");
        }
        Set<Currency> currencies =
                lines.stream().map(line -> line.amount().currency()).collect(Collectors.toSet());
        return compare(
                provider, from, to, currencies, lines.stream().map(Shown::of).toList());
    }

    /**
     * What a provider shows of a payout.
     *
     * @param cameBack how much of it came back or never left, if any did
     * @param ourReference our own reference, if it is echoed
     */
    private record Shown(StatementLine line, Optional<Money> cameBack, Optional<String> ourReference) {

        static Shown of(StatementLine line) {
            boolean isBack = line.status() == Status.CAME_BACK || line.status() == Status.FAILED;
            return new Shown(line, Optional.of(line.amount()).filter(amount -> isBack), Optional.empty());
        }

        static Shown of(ListedPayout listed) {
            StatementLine line = Reconciler.line(listed);
            Optional<Money> cameBack = listed.outcome() instanceof Outcome.Reversed reversed
                    ? Optional.of(reversed.amount())
                    : of(line).cameBack();
            return new Shown(line, cameBack, listed.ourReference());
        }
    }

    private ReconciliationReport compare(
            String provider, Instant from, Instant to, Set<Currency> currencies, List<Shown> theirs) {
        StatementStore store = desk.stores().statements();
        List<String> references =
                theirs.stream().map(shown -> shown.line().reference()).toList();
        Map<String, StatementStore.Owner> owners = desk.session().read(db -> store.owners(db, provider, references));
        owners.putAll(echoed(provider, theirs, owners.keySet()));
        Map<String, StatementStore.Owner> sent =
                desk.session().read(db -> store.sent(db, provider, currencies, from, to));
        Set<StatementStore.Owner> concerned = new HashSet<>(owners.values());
        concerned.addAll(sent.values());
        Map<UUID, PayoutSnapshot> ours =
                desk.session().read(db -> desk.stores().reader().byId(db, StatementStore.payouts(concerned)));
        List<Line> lines = new ArrayList<>();
        for (Shown shown : theirs) {
            lines.add(Optional.ofNullable(owners.get(shown.line().reference()))
                    .map(owner -> compared(shown.line(), snapshot(ours, owner), owner.attempt()))
                    .orElseGet(() -> unexplained(provider, shown)));
        }
        sent.keySet().removeAll(owners.keySet());
        sent.forEach((reference, owner) -> {
            Intent intent = snapshot(ours, owner).intent();
            lines.add(new Line(
                    Verdict.MISSING_THERE,
                    reference,
                    Optional.of(intent.id()),
                    Optional.of(intent.key()),
                    Optional.empty(),
                    intent.amount() + ", here "
                            + snapshot(ours, owner).standing().status()));
        });
        return new ReconciliationReport(provider, from, to, lines);
    }

    /**
     * Returns whose the references are that are bound to none of ours, by our own references, where the attempt has none yet.
     * One that has another was paid twice, and one that has failed was paid all the same: that money is to be booked.
     */
    private Map<String, StatementStore.Owner> echoed(String provider, List<Shown> theirs, Set<String> bound) {
        return desk.session().read(db -> {
            Map<String, StatementStore.Owner> owners = new HashMap<>();
            for (Shown shown : theirs) {
                String reference = shown.line().reference();
                if (shown.ourReference().isPresent() && !bound.contains(reference)) {
                    desk.stores()
                            .webhooks()
                            .about(db, provider, Optional.empty(), shown.ourReference())
                            .filter(about -> desk.stores().statements().isUnbound(db, about))
                            .ifPresent(about ->
                                    owners.put(reference, new StatementStore.Owner(about.payout(), about.attempt())));
                }
            }
            return owners;
        });
    }

    private Line compared(StatementLine line, PayoutSnapshot payout, int number) {
        Attempt attempt = payout.attempt(number);
        boolean isBeside = attempt.state() == AttemptState.SETTLED
                && attempt.reference().isPresent()
                && !attempt.reference().get().equals(line.reference());
        Status here = isBeside ? beside(attempt, line.reference()) : here(payout, attempt);
        Money fee = attempt.feeBooked();
        Verdict verdict = Verdict.MATCHED;
        String detail = line.amount() + ", " + line.status();
        if (!line.amount().equals(payout.intent().amount())) {
            verdict = Verdict.AMOUNT_DIFFERS;
            detail = "there " + line.amount() + ", here " + payout.intent().amount();
        } else if (line.status() != here) {
            verdict = Verdict.STATUS_DIFFERS;
            detail = "there " + line.status() + ", here " + here + " ("
                    + payout.standing().status() + ")";
        } else if (here == Status.PAID
                && !isBeside
                && line.fee().filter(told -> !told.equals(fee)).isPresent()) {
            verdict = Verdict.FEE_DIFFERS;
            detail = "there a fee of " + line.fee().get() + ", here of " + fee;
        }
        if (verdict != Verdict.MATCHED && !payout.standing().status().isHolding()) {
            open(
                    payout,
                    new Finding(
                            Kind.STATEMENT_DIFFERS,
                            "Reference " + line.reference() + " of " + attempt.provider() + ": " + detail));
        }
        return new Line(
                verdict,
                line.reference(),
                Optional.of(payout.intent().id()),
                Optional.of(payout.intent().key()),
                Optional.empty(),
                detail);
    }

    /** Returns how another payment of an attempt stands here than the one that settled its payout. */
    private Status beside(Attempt attempt, String reference) {
        boolean isSuspended =
                desk.session().read(db -> desk.stores().history().isSuspended(db, attempt.provider(), reference));
        return isSuspended ? Status.PAID : Status.UNDER_WAY;
    }

    private static Status here(PayoutSnapshot payout, Attempt attempt) {
        if (attempt.state() == AttemptState.SETTLED) {
            return payout.standing().reversed().isPositive()
                            || payout.standing().status() == PayoutStatus.REVERSED
                    ? Status.CAME_BACK
                    : Status.PAID;
        }
        return switch (attempt.state()) {
            case SURPLUS -> Status.PAID;
            case FAILED -> Status.FAILED;
            default -> Status.UNDER_WAY;
        };
    }

    /** What was paid without a payout of ours is put in suspense, unless it may be one of ours that is in doubt. */
    private Line unexplained(String provider, Shown shown) {
        StatementLine line = shown.line();
        Optional<UUID> returned = shown.cameBack().flatMap(back -> movements.returned(provider, line, back));
        if (returned.isPresent()) {
            return missingHere(line, returned, "; what came back of it has left suspense");
        }
        boolean mayBeOurs = desk.session()
                .read(db -> desk.stores()
                        .statements()
                        .mayBeOurs(
                                db,
                                provider,
                                line.amount().currency(),
                                line.amount().minor()));
        if (mayBeOurs) {
            return inDoubt(line, "a payout of that amount is in doubt here");
        }
        Optional<UUID> entry = Optional.empty();
        if (line.status() == Status.PAID) {
            entry = movements.suspend(provider, line);
            if (entry.isEmpty()) {
                return inDoubt(line, "it has just been found to be a payout here, or may be one: compare again");
            }
        }
        return missingHere(line, entry, entry.isPresent() ? "; it stands in suspense" : "");
    }

    private static Line missingHere(StatementLine line, Optional<UUID> entry, String what) {
        return new Line(
                Verdict.MISSING_HERE,
                line.reference(),
                Optional.empty(),
                Optional.empty(),
                entry,
                line.amount() + ", " + line.status() + what);
    }

    private static Line inDoubt(StatementLine line, String why) {
        return new Line(
                Verdict.IN_DOUBT,
                line.reference(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                line.amount() + ", " + line.status() + ": " + why);
    }

    private void open(PayoutSnapshot payout, Finding finding) {
        desk.session().write(transaction -> {
            desk.scribe().open(transaction, payout, finding, desk.clock().now(transaction.db()));
            return finding;
        });
    }

    private static PayoutSnapshot snapshot(Map<UUID, PayoutSnapshot> payouts, StatementStore.Owner owner) {
        return Optional.ofNullable(payouts.get(owner.payout())).orElseThrow();
    }

    private static StatementLine line(ListedPayout listed) {
        Optional<Money> fee = listed.outcome() instanceof Outcome.Succeeded succeeded
                ? succeeded.particulars().chargedFee()
                : Optional.empty();
        return new StatementLine(listed.reference(), listed.amount(), fee, status(listed.outcome()), listed.address());
    }

    private static Status status(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            return Status.UNDER_WAY;
        } else if (outcome instanceof Outcome.Succeeded) {
            return Status.PAID;
        } else if (outcome instanceof Outcome.Failed) {
            return Status.FAILED;
        }
        return outcome instanceof Outcome.Reversed ? Status.CAME_BACK : Status.UNREAD;
    }
}
