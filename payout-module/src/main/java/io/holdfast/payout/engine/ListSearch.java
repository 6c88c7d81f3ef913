package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Looks for a payout in a provider's list. Where the provider echoes our reference that decides; otherwise exactly one
 * payout of theirs must fit, and exactly one of ours. That nothing is found proves nothing.
 */
final class ListSearch {

    /** How many pages one search reads; the next one goes on there. */
    private static final int PAGES_MAX = 50;
    /** Of how many searches it is remembered how far they came; the others begin anew. */
    private static final int REMEMBERED_MAX = 1_000;

    private static final Duration CLOCKS_APART_MAX = Duration.ofMinutes(15);

    private final Desk desk;
    private final Gates gates;
    private final Map<Sought, ListWalk.Read> soFar = new ConcurrentHashMap<>();

    ListSearch(Desk desk, Gates gates) {
        this.desk = desk;
        this.gates = gates;
    }

    /** What a search brought. */
    sealed interface Found {

        /** Returns what is to be noted of it. */
        String detail();
    }

    /** It is in the list: this is what became of it. */
    record Match(Outcome outcome) implements Found {

        @Override
        public String detail() {
            return "Found in the provider's list";
        }
    }

    /** It may be in the list: more than one of theirs fits, or one fits more than one of ours. */
    record Ambiguous(Finding finding) implements Found {

        @Override
        public String detail() {
            return finding.detail();
        }
    }

    /** It is not in what was read of the list, which proves nothing. */
    record Nothing(String detail) implements Found {}

    /** What is looked for. */
    private record Sought(UUID payout, int attempt) {}

    /**
     * Looks for a payout, as far as its lease and the provider's rate let it; the next search goes on from there. Until a list
     * is read through only our own reference decides, as another payout that fits may come.
     */
    Found find(PayoutSnapshot payout, Attempt attempt, PayoutProvider provider) {
        Instant from = attempt.sends().get(0).sentAt().minus(CLOCKS_APART_MAX);
        Instant to = attempt.sends()
                .get(attempt.sends().size() - 1)
                .sentAt()
                .plus(provider.exchangeTimeout())
                .plus(CLOCKS_APART_MAX);
        ListQuestion question = new ListQuestion(from, to, Optional.empty());
        Sought sought = new Sought(payout.intent().id(), attempt.number());
        Optional<ListWalk.Read> before = Optional.ofNullable(soFar.remove(sought))
                .filter(read -> read.next().filter(question::hasSpanOf).isPresent());
        ListQuestion start = before.flatMap(ListWalk.Read::next).orElse(question);
        BooleanSupplier goesOn = bound(payout, provider);
        boolean isEchoed = provider.capabilities().has(Feature.ECHOES_REFERENCE);
        ListWalk walk = isEchoed
                ? ListWalk.within(gates.calls(provider), start)
                : ListWalk.all(gates.calls(provider), start, before.orElse(ListWalk.Read.NOTHING));
        ListWalk.Read read = walk.read(goesOn);
        if (isEchoed) {
            remember(sought, read.keeping(List.of()));
            return byReference(payout, attempt, read);
        }
        ListWalk.Read fitting = read.keeping(fitting(payout, question, read.payouts()));
        remember(sought, fitting);
        return read.isThrough() ? byContent(payout, attempt, question, fitting) : new Nothing(unread(read));
    }

    /** Returns what tells whether one more page may be asked for: the first always, others while lease and rate allow. */
    private BooleanSupplier bound(PayoutSnapshot payout, PayoutProvider provider) {
        Gate gate = gates.of(provider);
        Duration needed = provider.exchangeTimeout().plus(Claims.LEASE_MARGIN);
        AtomicInteger pages = new AtomicInteger();
        return () -> {
            int page = pages.incrementAndGet();
            Instant now = page == 1 ? Instant.EPOCH : desk.now();
            return page == 1
                    || (page <= PAGES_MAX
                            && gate.hasRoom(now)
                            && payout.standing()
                                    .leaseUntil()
                                    .filter(until -> now.plus(needed).isBefore(until))
                                    .isPresent());
        };
    }

    private void remember(Sought sought, ListWalk.Read read) {
        if (!read.isThrough() && soFar.size() < REMEMBERED_MAX) {
            soFar.put(sought, read);
        }
    }

    private static String unread(ListWalk.Read read) {
        return "Not found in what was read of the provider's list, "
                + read.payouts().size() + " payouts, which goes on";
    }

    private static Found byReference(PayoutSnapshot payout, Attempt attempt, ListWalk.Read read) {
        String ours =
                payout.intent().instruction(attempt.number(), attempt.key()).reference();
        List<ListedPayout> matching = read.payouts().stream()
                .filter(one -> one.ourReference().equals(Optional.of(ours)))
                .toList();
        return matching.isEmpty() && !read.isThrough() ? new Nothing(unread(read)) : decide(attempt, matching, 1, 0);
    }

    private static List<ListedPayout> fitting(PayoutSnapshot payout, ListQuestion question, List<ListedPayout> listed) {
        Intent intent = payout.intent();
        return listed.stream()
                .filter(one -> one.amount().equals(intent.amount()))
                .filter(one ->
                        one.address().filter(intent.recipient()::hasAddress).isPresent())
                .filter(question::covers)
                .toList();
    }

    private Found byContent(PayoutSnapshot payout, Attempt attempt, ListQuestion question, ListWalk.Read fitting) {
        return desk.session().read(db -> {
            long mayFit = fitting.unread().stream()
                    .filter(one -> one.createdAt().map(question::covers).orElse(true))
                    .filter(one -> one.reference()
                            .filter(known -> desk.stores().payouts().isBound(db, attempt.provider(), known))
                            .isEmpty())
                    .count();
            List<ListedPayout> unbound = fitting.payouts().stream()
                    .filter(one -> !desk.stores().payouts().isBound(db, attempt.provider(), one.reference()))
                    .toList();
            int claimants = desk.stores()
                    .reader()
                    .unbound(db, payout, attempt.provider())
                    .size();
            return decide(attempt, unbound, claimants, mayFit);
        });
    }

    /** Decides by those of theirs that fit, and how many more may because they cannot be read. */
    private static Found decide(Attempt attempt, List<ListedPayout> candidates, int claimants, long mayFit) {
        String unread = mayFit == 0 ? "" : "; " + mayFit + " of the list cannot be read and may be it";
        if (candidates.isEmpty()) {
            return new Nothing("Not found in the provider's list, which proves nothing" + unread);
        }
        if (candidates.size() > 1 || claimants > 1 || mayFit > 0) {
            String detail = candidates.size() + " payouts in the list of " + attempt.provider() + " fit " + claimants
                    + " of ours: "
                    + candidates.stream().map(ListedPayout::reference).limit(5).toList() + unread;
            return new Ambiguous(new Finding(Kind.AMBIGUOUS, detail));
        }
        ListedPayout match = candidates.get(0);
        Outcome outcome = match.outcome();
        boolean isUnread = outcome instanceof Outcome.Unknown || outcome instanceof Outcome.NotFound;
        return new Match(
                isUnread ? new Outcome.Accepted(match.reference(), Particulars.NONE, outcome.evidence()) : outcome);
    }
}
