package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Key;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which payouts a query finds, and in which order. */
class ListedPayoutsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @BeforeEach
    void request() {
        bench.engine(bench.provider("one"));
        for (String key : List.of("p1", "p2", "p3")) {
            bench.request(key);
            bench.clock.move(Duration.ofSeconds(1));
        }
        bench.payouts().cancel(payout("p2").id());
    }

    @Test
    void payouts_are_listed_in_the_order_in_which_they_were_requested() {
        assertThat(keys(PayoutQuery.FIRST_PAGE)).containsExactly("p1", "p2", "p3");
        assertThat(keys(PayoutQuery.FIRST_PAGE.status(PayoutStatus.CANCELLED))).containsExactly("p2");
        assertThat(keys(PayoutQuery.FIRST_PAGE.wallet(ALICE).page(1, 1))).containsExactly("p2");
    }

    @Test
    void or_the_latest_comes_first() {
        PayoutQuery newest = PayoutQuery.FIRST_PAGE.newestFirst();

        assertThat(keys(newest)).containsExactly("p3", "p2", "p1");
        assertThat(keys(newest.wallet(ALICE))).containsExactly("p3", "p2", "p1");
        assertThat(keys(newest.status(PayoutStatus.PENDING).page(1, 0))).containsExactly("p3");
        assertThat(keys(newest.statuses(Set.of(PayoutStatus.PENDING, PayoutStatus.CANCELLED))
                        .page(2, 1)))
                .containsExactly("p2", "p1");
    }

    @Test
    void a_span_of_time_has_its_begin_and_not_its_end() {
        Payout second = payout("p2");
        Payout third = payout("p3");

        assertThat(keys(PayoutQuery.FIRST_PAGE.between(second.createdAt(), third.createdAt())))
                .containsExactly("p2");
        assertThat(keys(PayoutQuery.FIRST_PAGE.since(second.createdAt()))).containsExactly("p2", "p3");
        assertThat(keys(PayoutQuery.FIRST_PAGE.until(second.createdAt()))).containsExactly("p1");
        assertThat(keys(PayoutQuery.FIRST_PAGE.since(second.createdAt()).until(third.createdAt())))
                .containsExactly("p2");
    }

    private Payout payout(String key) {
        return bench.payouts().find(Key.of(key)).orElseThrow();
    }

    private List<String> keys(PayoutQuery query) {
        PayoutPage page = bench.payouts().list(query);
        return page.items().stream().map(payout -> payout.key().value()).toList();
    }
}
