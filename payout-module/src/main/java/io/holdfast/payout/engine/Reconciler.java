package io.holdfast.payout.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Times;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.ListComparison;
import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.engine.StatementStore.Owner;
import io.holdfast.payout.engine.StatementStore.Sent;
import io.holdfast.payout.spi.ListQuestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Compares a provider's list or statement with the payouts sent to it. */
final class Reconciler implements Reconciliation {

    /** How many payouts a line names at most that it may be. */
    private static final int CANDIDATES_NAMED = 5;

    private final Desk desk;
    private final Gates gates;
    private final Environments environments;
    private final Listings listings;
    private final Movements movements;
    private final Differences differences;

    Reconciler(Desk desk, Gates gates, Environments environments, Movements movements) {
        this.desk = desk;
        this.gates = gates;
        this.environments = environments;
        this.listings = new Listings(desk);
        this.movements = movements;
        this.differences = new Differences(desk);
    }

    @Override
    public ListComparison withList(String provider, Instant from, Instant to) {
        Gate gate = gates.of(desk.settings().named(provider));
        ListQuestion question = new ListQuestion(from, to, Optional.empty());
        environments.check(gate.provider());
        return listings.read(gate, question)
                .match(
                        through -> new ListComparison.Compared(compare(provider, question, through)),
                        partly -> new ListComparison.Unfinished(partly.payouts(), gate.roomAfter(desk.now())),
                        stopped -> new ListComparison.Untold(stopped.why()));
    }

    private ReconciliationReport compare(String provider, ListQuestion question, Listings.Through list) {
        List<Line> unread = new ArrayList<>();
        List<Shown> shown = new ArrayList<>();
        // A provider that cannot filter shows everything that it ever paid.
        list.payouts().stream().filter(question::covers).forEach(one -> {
            if (one.amount().isPositive()) {
                shown.add(Shown.of(one, desk.scribe().zone()));
            } else {
                // Nothing has left by it: a payout of ours is then one that the list lacks.
                unread.add(
                        unread(Optional.of(one.reference()), one.createdAt() + ": " + one.amount() + " is no payment"));
            }
        });
        list.unread().stream()
                .filter(one -> one.createdAt().map(question::covers).orElse(true))
                .forEach(one -> unread.add(unread(
                        one.reference(),
                        one.createdAt().map(Instant::toString).orElse("At no time that can be read") + ": "
                                + one.why())));
        ReconciliationReport report = compare(provider, question.from(), question.to(), Set.of(), shown);
        List<Line> lines = new ArrayList<>(report.lines());
        lines.addAll(unread);
        return new ReconciliationReport(provider, report.from(), report.to(), lines);
    }

    private static Line unread(Optional<String> reference, String detail) {
        return new Line(Verdict.UNREAD, reference, Optional.empty(), Optional.empty(), Optional.empty(), detail);
    }

    @Override
    public ReconciliationReport withStatement(String provider, Instant from, Instant to, List<StatementLine> lines) {
        desk.checkEverKnown(provider);
        Times.check("A statement from", from);
        Times.check("A statement to", to);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A statement from " + from + " to " + to + " ends before it begins");
        }
        Set<Currency> currencies =
                lines.stream().map(line -> line.amount().currency()).collect(Collectors.toSet());
        return compare(
                provider, from, to, currencies, lines.stream().map(Shown::of).toList());
    }

    private ReconciliationReport compare(
            String provider, Instant from, Instant to, Set<Currency> currencies, List<Shown> theirs) {
        StatementStore store = desk.stores().statements();
        List<String> references = theirs.stream().map(Shown::reference).toList();
        Map<String, Owner> owners = desk.session().read(db -> store.owners(db, provider, references));
        owners.putAll(echoed(provider, theirs, owners.keySet()));
        List<Sent> sent = desk.session().read(db -> store.sent(db, provider, currencies, from, to));
        Set<Owner> concerned = new HashSet<>(owners.values());
        sent.forEach(one -> concerned.add(one.owner()));
        Map<UUID, PayoutSnapshot> ours =
                desk.session().read(db -> desk.stores().reader().byId(db, StatementStore.payouts(concerned)));
        Map<Shown, Line> compared = new HashMap<>();
        byReference(theirs).forEach(shown -> {
            Shown last = shown.get(shown.size() - 1);
            // What was paid once more since has not come back.
            boolean isPaid = last.line().status() == Status.PAID;
            for (int i = 0; i < shown.size(); i++) {
                Shown one = shown.get(i);
                Optional<UUID> left = isPaid ? Optional.empty() : leftSuspense(provider, one);
                Told told = new Told(one, one.standsAs(last), left, Back.before(i, shown));
                Line line = Optional.ofNullable(owners.get(one.reference()))
                        .map(owner -> differences.compare(told, snapshot(ours, owner), owner.attempt()))
                        .orElseGet(() -> unexplained(provider, told));
                compared.put(one, line);
            }
        });
        List<Line> lines = new ArrayList<>();
        theirs.forEach(shown -> lines.add(compared.get(shown)));
        sent.stream()
                .filter(one -> one.reference()
                        .map(reference -> !owners.containsKey(reference))
                        .orElseGet(() -> !owners.containsValue(one.owner()) && mayHaveLeft(ours, one.owner())))
                .forEach(one -> lines.add(missingThere(one, snapshot(ours, one.owner()))));
        return new ReconciliationReport(provider, from, to, lines);
    }

    /** Returns what is shown under each reference, in the order in which it happened. */
    private static List<List<Shown>> byReference(List<Shown> theirs) {
        Map<String, List<Shown>> byReference =
                theirs.stream().collect(groupingBy(Shown::reference, LinkedHashMap::new, toList()));
        return byReference.values().stream().map(Shown::asItHappened).toList();
    }

    /** Tells whether something of an attempt may have reached the provider, though it gave no reference. */
    private static boolean mayHaveLeft(Map<UUID, PayoutSnapshot> ours, Owner owner) {
        Attempt attempt = snapshot(ours, owner).attempt(owner.attempt());
        return attempt.state() == AttemptState.SETTLED || !attempt.isClear();
    }

    private static Line missingThere(Sent sent, PayoutSnapshot payout) {
        Intent intent = payout.intent();
        String unknown = sent.reference().isPresent() ? "" : ", and no reference of it is known";
        return new Line(
                Verdict.MISSING_THERE,
                sent.reference(),
                Optional.of(intent.id()),
                Optional.of(intent.key()),
                Optional.empty(),
                intent.amount() + ", here " + payout.standing().status() + unknown);
    }

    /**
     * Returns whose the references are that are bound to none of ours, by our own references, where the attempt has none yet.
     * One that has another was paid twice, and one that has failed was paid all the same: that money is to be booked.
     */
    private Map<String, Owner> echoed(String provider, List<Shown> theirs, Set<String> bound) {
        return desk.session().read(db -> {
            Map<String, Owner> owners = new HashMap<>();
            for (Shown shown : theirs) {
                String reference = shown.line().reference();
                if (shown.ourReference().isPresent() && !bound.contains(reference)) {
                    desk.stores()
                            .webhooks()
                            .about(db, provider, Optional.empty(), shown.ourReference())
                            .filter(about -> desk.stores().statements().isUnbound(db, about))
                            .ifPresent(about -> owners.put(reference, new Owner(about.payout(), about.attempt())));
                }
            }
            return owners;
        });
    }

    /**
     * Takes what came back from suspense, whoever the reference belongs to by now: what a payout has booked of it does not
     * stand there as nobody's any more. Returns the entry that had put it there, if one had.
     */
    private Optional<UUID> leftSuspense(String provider, Shown shown) {
        return shown.cameBack().flatMap(back -> movements.returned(provider, shown.line(), back));
    }

    /** What was paid without a payout of ours is put in suspense, unless it may be one of ours that is in doubt. */
    private Line unexplained(String provider, Told told) {
        StatementLine line = told.shown().line();
        if (told.leftSuspense().isPresent()) {
            return missingHere(line, told.leftSuspense(), "; what came back of it has left suspense");
        }
        List<PayoutSnapshot> candidates = desk.session().read(db -> movements.candidates(db, provider, line));
        if (!candidates.isEmpty()) {
            List<Key> keys = candidates.stream()
                    .map(payout -> payout.intent().key())
                    .limit(CANDIDATES_NAMED)
                    .toList();
            String which = keys.stream().map(Key::value).collect(Collectors.joining(" or "));
            return inDoubt(line, "it may be payout " + which + ", of which no reference is known");
        }
        Optional<UUID> entry = Optional.empty();
        if (line.status() == Status.PAID) {
            entry = movements.suspend(provider, told.shown(), told.back());
            if (entry.isEmpty()) {
                return inDoubt(line, "it has just been found to be a payout here, or may be one: compare again");
            }
        }
        return missingHere(
                line,
                entry,
                entry.map(suspended -> stands(told, suspended)).orElse("")
                        + told.shown().remark());
    }

    /** Says how what is nobody's stands. */
    private String stands(Told told, UUID suspended) {
        if (!told.isLast()) {
            return "; it was put in suspense";
        }
        return movements.hasLeft(suspended) ? "; what came back of it has left suspense" : "; it stands in suspense";
    }

    private static Line missingHere(StatementLine line, Optional<UUID> entry, String what) {
        return new Line(
                Verdict.MISSING_HERE,
                Optional.of(line.reference()),
                Optional.empty(),
                Optional.empty(),
                entry,
                Movements.figures(line) + ", " + line.status() + what);
    }

    private static Line inDoubt(StatementLine line, String why) {
        return new Line(
                Verdict.IN_DOUBT,
                Optional.of(line.reference()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Movements.figures(line) + ", " + line.status() + ": " + why);
    }

    private static PayoutSnapshot snapshot(Map<UUID, PayoutSnapshot> payouts, Owner owner) {
        return Optional.ofNullable(payouts.get(owner.payout())).orElseThrow();
    }
}
