package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.ListComparison;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Lists that have more pages than one search reads, or than the provider's rate or the lease lets it. */
class LongListTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final Instant start = bench.clock.instant();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_one_search_does_not_reach_the_next_one_does() {
        ScriptedProvider one = provider(ways -> ways);
        Payout payout = inDoubt(one);
        List<Answer<ListPage>> pages = new ArrayList<>();
        for (int page = 0; page < 60; page++) {
            pages.add(page(true, strange("x" + page)));
        }
        pages.add(page(false, fitting("r9")));
        one.onList(pages);

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(said(payout)).contains("50 payouts, which goes on");
        assertThat(bench.runAfter(Duration.ofSeconds(15), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void what_fits_in_the_first_part_of_a_list_is_not_alone_if_another_fits_in_the_last() {
        ScriptedProvider one = provider(ways -> ways);
        Payout payout = inDoubt(one);
        one.onList(List.of(
                page(true, fitting("r8")),
                new Answer.Unavailable<>(Optional.empty(), "busy"),
                page(false, fitting("r9"))));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(bench.runAfter(Duration.ofSeconds(15), payout).status()).isEqualTo(PayoutStatus.REVIEW);

        assertThat(bench.items()).containsExactly(PayoutItem.Kind.AMBIGUOUS);
    }

    @Test
    void what_moves_to_the_next_page_while_a_list_is_read_counts_once() {
        ScriptedProvider one = provider(ways -> ways);
        Payout payout = inDoubt(one);
        one.onList(List.of(page(true, fitting("r9")), page(false, fitting("r9"))));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        bench.assertPaid(100);
    }

    @Test
    void a_search_asks_for_no_more_pages_than_the_rate_allows() {
        ScriptedProvider one = provider(ways -> ways.rateLimit(new RateLimit(3, Duration.ofMinutes(1))));
        Payout payout = inDoubt(one);
        bench.clock.move(Duration.ofMinutes(5));
        one.onList(List.of(
                page(true, strange("x1")),
                page(true, strange("x2")),
                page(true, strange("x3")),
                page(false, fitting("r9"))));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(said(payout)).contains("2 payouts, which goes on");
        assertThat(bench.runAfter(Duration.ofMinutes(5), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void a_search_ends_before_its_lease_does() {
        ScriptedProvider one = provider(ways -> ways);
        Payout payout = inDoubt(one);
        one.onListWait(() -> bench.clock.move(Duration.ofSeconds(9)));
        List<Answer<ListPage>> pages = new ArrayList<>();
        for (int page = 0; page < 10; page++) {
            pages.add(page(true, strange("x" + page)));
        }
        pages.add(page(false, fitting("r9")));
        one.onList(pages);

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(said(payout)).contains("6 payouts, which goes on");
        assertThat(bench.runAfter(Duration.ofMinutes(1), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void our_reference_decides_although_the_list_goes_on() {
        ScriptedProvider one = provider(ways -> ways.features(Feature.LIST, Feature.ECHOES_REFERENCE));
        Payout payout = inDoubt(one);
        String ours = one.instructions().get(0).reference();
        one.onList(List.of(
                page(
                        true,
                        new ListedPayout(
                                "r9", tzs(5_000), Optional.empty(), start, Optional.of(ours), succeeded("r9"))),
                page(true, strange("x1"))));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void a_list_that_begins_with_what_is_newest_is_compared_as_far_as_the_span_goes() {
        ScriptedProvider one = provider(ways -> ways);
        bench.engine(one.onList(List.of(
                page(true, at("r3", start.plusSeconds(1)), at("r2", start)),
                page(true, at("r1", start.minus(Duration.ofDays(2)))),
                new Answer.Unavailable<>(Optional.empty(), "not to be asked for"))));

        assertThat(bench.compared("one", start.minus(Duration.ofDays(1)), start.plus(Duration.ofDays(1)))
                        .lines())
                .hasSize(2);
    }

    @Test
    void a_list_in_no_order_is_compared_if_it_is_read_through() {
        ScriptedProvider one = provider(ways -> ways);
        bench.engine(one.onList(List.of(
                page(true, at("r1", start.minus(Duration.ofDays(2)))),
                page(true, at("r2", start)),
                page(true, at("r0", start.minus(Duration.ofDays(3)))),
                page(false, at("r3", start)))));

        assertThat(bench.compared("one", start.minus(Duration.ofDays(1)), start.plus(Duration.ofDays(1)))
                        .lines())
                .hasSize(2);
    }

    @Test
    void a_list_is_compared_no_faster_than_the_provider_takes_calls() {
        ScriptedProvider one = provider(ways -> ways.rateLimit(new RateLimit(2, Duration.ofMinutes(1))));
        bench.engine(one.onList(pages(3)));

        assertThat(compare()).isEqualTo(new ListComparison.Unfinished(2, Duration.ofMillis(30_001)));
        assertThat(compare()).isEqualTo(new ListComparison.Unfinished(2, Duration.ofMillis(30_001)));
        bench.clock.move(Duration.ofMillis(30_001));

        assertThat(compare())
                .isInstanceOfSatisfying(
                        ListComparison.Compared.class,
                        compared -> assertThat(compared.report().lines()).hasSize(3));
    }

    @Test
    void what_was_read_long_ago_is_read_again() {
        ScriptedProvider one = provider(ways -> ways.rateLimit(new RateLimit(2, Duration.ofMinutes(1))));
        List<Answer<ListPage>> pages = new ArrayList<>(pages(2));
        pages.set(1, page(true, at("x1", start)));
        pages.addAll(pages(2));
        bench.engine(one.onList(pages));
        compare();
        bench.clock.move(Duration.ofHours(1));

        assertThat(compare())
                .isInstanceOfSatisfying(
                        ListComparison.Compared.class,
                        compared -> assertThat(compared.report().lines()).hasSize(2));
    }

    @Test
    void a_provider_that_asks_not_to_be_called_is_waited_for() {
        ScriptedProvider one = provider(ways -> ways);
        bench.engine(one.onList(List.of(
                page(true, at("r1", start)),
                new Answer.Unavailable<>(Optional.of(Duration.ofMinutes(5)), "too many requests"),
                page(false, at("r2", start)))));

        assertThat(compare()).isEqualTo(new ListComparison.Unfinished(1, Duration.ofMinutes(5)));
        bench.clock.move(Duration.ofMinutes(5));
        assertThat(compare()).isInstanceOf(ListComparison.Compared.class);
    }

    @Test
    void a_provider_that_does_not_tell_and_a_list_without_end_are_not_compared() {
        ScriptedProvider one = provider(ways -> ways);
        bench.engine(one.onList(List.of(
                page(true, at("r1", start)),
                new Answer.Unavailable<>(Optional.empty(), "out of order"),
                page(true, at("r2", start)))));

        assertThat(compare()).isEqualTo(new ListComparison.Untold("out of order"));
        assertThat(compare())
                .isEqualTo(
                        new ListComparison.Untold("its list goes on after 1000 pages: ask for what is newer or less"));
        bench.assertTotal("liabilities:suspense:one", 0);
    }

    private ListComparison compare() {
        return bench.reconciliation().withList("one", start.minus(Duration.ofDays(1)), start.plus(Duration.ofDays(1)));
    }

    private List<Answer<ListPage>> pages(int many) {
        List<Answer<ListPage>> pages = new ArrayList<>();
        for (int page = 1; page <= many; page++) {
            pages.add(page(page < many, at("r" + page, start)));
        }
        return pages;
    }

    private ScriptedProvider provider(UnaryOperator<Capabilities.Builder> ways) {
        return bench.provider(
                "one", known -> ways.apply(known.resend(Resend.NEVER).features(Feature.LIST)));
    }

    private Payout inDoubt(ScriptedProvider one) {
        return bench.sent(one, timeout());
    }

    private String said(Payout payout) {
        List<PayoutTransition> history = bench.payouts().history(payout.id());
        assertThat(history.get(history.size() - 1).cause()).isEqualTo(Cause.LIST);
        return history.get(history.size() - 1).detail();
    }

    private ListedPayout fitting(String reference) {
        return new ListedPayout(
                reference, tzs(5_000), Optional.of("255712345678"), start, Optional.empty(), succeeded(reference));
    }

    private ListedPayout strange(String reference) {
        return at(reference, start);
    }

    private static ListedPayout at(String reference, Instant createdAt) {
        return new ListedPayout(reference, tzs(1), Optional.empty(), createdAt, Optional.empty(), succeeded(reference));
    }

    private static Answer<ListPage> page(boolean goesOn, ListedPayout... payouts) {
        return new Answer.Told<>(new ListPage(List.of(payouts), goesOn ? Optional.of("more") : Optional.empty()));
    }
}
