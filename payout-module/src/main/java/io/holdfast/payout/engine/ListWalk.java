package io.holdfast.payout.engine;

import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads a provider's list, page by page. What is created meanwhile moves others to the next page, so that they are shown
 * twice: each counts once.
 */
final class ListWalk {

    private final Map<String, ListedPayout> byReference = new LinkedHashMap<>();
    private final ProviderCalls calls;
    private final Instant from;
    private final boolean needsAll;
    private Optional<Instant> latest = Optional.empty();
    private boolean hasDescended;
    private boolean hasAscended;

    private ListWalk(ProviderCalls calls, Instant from, boolean needsAll) {
        this.calls = calls;
        this.from = from;
        this.needsAll = needsAll;
    }

    /**
     * How far a list was read.
     *
     * @param next where to go on; absent if there is nothing more to look for
     */
    record Read(List<ListedPayout> payouts, Optional<ListQuestion> next) {

        boolean isThrough() {
            return next.isEmpty();
        }
    }

    /** Reads to the end, as long as it may go on. */
    static Read all(ProviderCalls calls, ListQuestion first, Collection<ListedPayout> before, BooleanSupplier goesOn) {
        return new ListWalk(calls, first.from(), true).read(first, before, goesOn);
    }

    /**
     * Reads as far as there may be something of the span, as long as it may go on. No provider promises an order, and those
     * that cannot filter show all that they ever paid: where all pages so far began with what is newest, one that lies
     * wholly before the span is taken for the last. That is for whoever is not misled by what he does not see.
     */
    static Read within(ProviderCalls calls, ListQuestion first, BooleanSupplier goesOn) {
        return new ListWalk(calls, first.from(), false).read(first, List.of(), goesOn);
    }

    private Read read(ListQuestion first, Collection<ListedPayout> before, BooleanSupplier goesOn) {
        before.forEach(payout -> byReference.put(payout.reference(), payout));
        Optional<ListQuestion> question = Optional.of(first);
        while (question.isPresent() && goesOn.getAsBoolean()) {
            Answer<ListPage> answer = calls.list(question.get());
            if (!(answer instanceof Answer.Told<ListPage> told)) {
                break;
            }
            question = next(question.get(), told.value());
        }
        return new Read(List.copyOf(byReference.values()), question);
    }

    private Optional<ListQuestion> next(ListQuestion question, ListPage page) {
        boolean isBefore = !page.payouts().isEmpty();
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
                : page.next().map(question::page);
    }
}
