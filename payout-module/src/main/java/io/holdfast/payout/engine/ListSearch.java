package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a payout in a provider's list. Where the provider echoes our reference that decides; otherwise exactly one
 * payout of theirs must fit, and exactly one of ours. That nothing is found proves nothing.
 */
final class ListSearch {

    private static final int PAGES_MAX = 50;
    private static final Duration CLOCKS_APART_MAX = Duration.ofMinutes(15);

    private final Session session;
    private final Stores stores;
    private final Gates gates;

    ListSearch(Session session, Stores stores, Gates gates) {
        this.session = session;
        this.stores = stores;
        this.gates = gates;
    }

    /** What a search brought: an outcome, or why none can be told, or neither. */
    record Found(Optional<Outcome> match, Optional<Finding> ambiguity) {

        static final Found NOTHING = new Found(Optional.empty(), Optional.empty());
    }

    Found find(PayoutSnapshot payout, Attempt attempt, PayoutProvider provider) {
        Instant from = attempt.sends().get(0).sentAt().minus(CLOCKS_APART_MAX);
        Instant to = attempt.sends()
                .get(attempt.sends().size() - 1)
                .sentAt()
                .plus(provider.exchangeTimeout())
                .plus(CLOCKS_APART_MAX);
        ListQuestion question = new ListQuestion(payout.intent().amount().currency(), from, to, Optional.empty());
        Optional<List<ListedPayout>> listed = all(gates.calls(provider), question);
        if (listed.isEmpty()) {
            return Found.NOTHING;
        }
        return provider.capabilities().has(Feature.ECHOES_REFERENCE)
                ? byReference(payout, attempt, listed.get())
                : byContent(payout, attempt, question, listed.get());
    }

    private static Found byReference(PayoutSnapshot payout, Attempt attempt, List<ListedPayout> listed) {
        String ours =
                payout.intent().instruction(attempt.number(), attempt.key()).reference();
        List<ListedPayout> matching = listed.stream()
                .filter(one -> one.ourReference().equals(Optional.of(ours)))
                .toList();
        return decide(attempt, matching, 1);
    }

    private Found byContent(PayoutSnapshot payout, Attempt attempt, ListQuestion question, List<ListedPayout> listed) {
        Intent intent = payout.intent();
        return session.read(db -> {
            List<ListedPayout> unbound = listed.stream()
                    .filter(one -> one.amount().equals(intent.amount()))
                    .filter(one ->
                            one.address().filter(intent.recipient()::hasAddress).isPresent())
                    .filter(one -> !one.createdAt().isBefore(question.from())
                            && one.createdAt().isBefore(question.to()))
                    .filter(one -> !stores.payouts().isBound(db, attempt.provider(), one.reference()))
                    .toList();
            int claimants =
                    stores.reader().unbound(db, payout, attempt.provider()).size();
            return decide(attempt, unbound, claimants);
        });
    }

    private static Found decide(Attempt attempt, List<ListedPayout> candidates, int claimants) {
        if (candidates.isEmpty()) {
            return Found.NOTHING;
        }
        if (candidates.size() > 1 || claimants > 1) {
            String detail = candidates.size() + " payouts in the list of " + attempt.provider() + " fit " + claimants
                    + " of ours: "
                    + candidates.stream().map(ListedPayout::reference).limit(5).toList();
            return new Found(Optional.empty(), Optional.of(new Finding(Kind.AMBIGUOUS, detail)));
        }
        ListedPayout match = candidates.get(0);
        Outcome outcome = match.outcome();
        boolean isUnread = outcome instanceof Outcome.Unknown || outcome instanceof Outcome.NotFound;
        return new Found(
                Optional.of(
                        isUnread
                                ? new Outcome.Accepted(match.reference(), Particulars.NONE, outcome.evidence())
                                : outcome),
                Optional.empty());
    }

    /** Returns the whole list, or nothing if the provider did not tell all of it. */
    static Optional<List<ListedPayout>> all(ProviderCalls calls, ListQuestion first) {
        List<ListedPayout> listed = new ArrayList<>();
        ListQuestion question = first;
        for (int page = 1; page <= PAGES_MAX; page++) {
            Answer<ListPage> answer = calls.list(question);
            if (!(answer instanceof Answer.Told<ListPage> told)) {
                return Optional.empty();
            }
            listed.addAll(told.value().payouts());
            if (told.value().next().isEmpty()) {
                return Optional.of(listed);
            }
            question = question.page(told.value().next().get());
        }
        return Optional.empty();
    }
}
