package io.holdfast.payout.engine;

import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.UnreadPayout;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Reads a provider's list, page by page. What is created meanwhile moves others to the next page, so that they are shown
 * twice: each counts once. Not safe for use by several threads.
 */
final class ListWalk {

    private final Map<String, ListedPayout> byReference = new LinkedHashMap<>();
    private final Set<UnreadPayout> unread = new LinkedHashSet<>();
    private final ProviderCalls calls;
    private final Instant from;
    private final boolean needsAll;
    private Optional<ListQuestion> question;
    private Optional<String> trouble = Optional.empty();
    private Optional<Instant> latest = Optional.empty();
    private boolean hasDescended;
    private boolean hasAscended;
    private int pages;

    private ListWalk(ProviderCalls calls, ListQuestion first, boolean needsAll) {
        this.calls = calls;
        this.question = Optional.of(first);
        this.from = first.from();
        this.needsAll = needsAll;
    }

    /**
     * How far a list was read.
     *
     * @param unread what of it cannot be read
     * @param next where to go on; absent if there is nothing more to look for
     */
    record Read(List<ListedPayout> payouts, List<UnreadPayout> unread, Optional<ListQuestion> next) {

        /** How far one was read of which nothing is known. */
        static final Read NOTHING = new Read(List.of(), List.of(), Optional.empty());

        /** Returns the same of which only these payouts matter. */
        Read keeping(List<ListedPayout> kept) {
            return new Read(kept, unread, next);
        }

        boolean isThrough() {
            return next.isEmpty();
        }
    }

    /** Begins to read to the end, with what was read before. */
    static ListWalk all(ProviderCalls calls, ListQuestion first, Read before) {
        ListWalk walk = new ListWalk(calls, first, true);
        walk.unread.addAll(before.unread());
        before.payouts().forEach(payout -> walk.byReference.put(payout.reference(), payout));
        return walk;
    }

    /**
     * Begins to read as far as there may be something of the span. No provider promises an order, and those that cannot filter
     * show all that they ever paid: where all pages so far began with what is newest, one that lies wholly before the span is
     * taken for the last. That is for whoever is not misled by what he does not see.
     */
    static ListWalk within(ProviderCalls calls, ListQuestion first) {
        return new ListWalk(calls, first, false);
    }

    /** Reads on from where it stopped, as long as it may. */
    Read read(BooleanSupplier goesOn) {
        trouble = Optional.empty();
        while (question.isPresent() && trouble.isEmpty() && goesOn.getAsBoolean()) {
            pages++;
            Answer<ListPage> answer = calls.list(question.get());
            if (answer instanceof Answer.Told<ListPage> told) {
                question = next(question.get(), told.value());
            } else {
                trouble = Optional.of(
                        answer instanceof Answer.Unavailable<ListPage> unavailable
                                ? unavailable.detail()
                                : "it has no list to ask for");
            }
        }
        return new Read(List.copyOf(byReference.values()), List.copyOf(unread), question);
    }

    /** Returns why the provider did not tell what it was asked last, if it did not. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Returns how many pages were asked for. */
    int pages() {
        return pages;
    }

    private Optional<ListQuestion> next(ListQuestion asked, ListPage page) {
        boolean isBefore = !page.payouts().isEmpty();
        unread.addAll(page.unread());
        for (ListedPayout payout : page.payouts()) {
            byReference.put(payout.reference(), payout);
            hasAscended |= latest.filter(payout.createdAt()::isAfter).isPresent();
            hasDescended |= latest.filter(payout.createdAt()::isBefore).isPresent();
            latest = Optional.of(payout.createdAt());
            isBefore &= payout.createdAt().isBefore(from);
        }
        boolean isNewestFirst = hasDescended && !hasAscended;
        return isBefore && isNewestFirst && !needsAll
                ? Optional.empty()
                : page.next().map(asked::page);
    }
}
