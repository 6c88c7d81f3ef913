package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the provider says after two persons have settled a payout: it may be what it had said before, or news. */
class PeoplesWordTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Resolution NOT_PAID = Resolution.failed("The provider's support says so");

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_is_said_to_have_failed_and_is_accepted_then_is_in_doubt_and_asked_about() {
        Payout payout = inReview(timeout());
        resolve(payout, NOT_PAID);
        one.onLookup(succeeded("r1"));

        bench.apply(payout, 1, accepted("r1"));

        assertThat(bench.items()).containsExactly(PayoutItem.Kind.CONTRADICTION);
        bench.runAfter(SOON, payout);
        assertThat(one.lookups()).containsExactly("r1");
        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
    }

    @Test
    void what_is_said_to_have_failed_is_asked_about_until_its_provider_says_so_too() {
        Payout payout = inReview(accepted("r1"));
        resolve(payout, NOT_PAID);
        one.onLookup(accepted("r1"));
        bench.runAfter(Duration.ofDays(1), payout);
        assertThat(bench.items()).contains(PayoutItem.Kind.CONTRADICTION);
        bench.runAfter(Duration.ofDays(90), payout);
        int asked = one.lookups().size();

        one.onLookup(failed("r1"));
        bench.runAfter(Duration.ofDays(2), payout);
        assertThat(one.lookups()).hasSize(asked + 1);
        for (int round = 0; round < 10; round++) {
            bench.runAfter(Duration.ofDays(60), payout);
        }

        assertThat(one.lookups().size()).isLessThan(asked + 6);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
    }

    @Test
    void what_its_provider_has_said_too_is_old_news_when_it_is_accepted_late() {
        Payout payout = inReview(accepted("r1"));
        resolve(payout, NOT_PAID);
        bench.apply(payout, 1, failed("r1"));

        bench.apply(payout, 1, accepted("r1"));

        assertThat(bench.items()).isEmpty();
    }

    private Payout sent(Outcome answer) {
        bench.engine(one.onSend(answer));
        Payout payout = bench.request("p1");
        bench.run();
        return bench.find(payout);
    }

    private Payout inReview(Outcome answer) {
        Payout payout = sent(answer);
        Payout review = bench.runAfter(Duration.ofDays(30), payout);
        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        return review;
    }

    private void resolve(Payout payout, Resolution said) {
        bench.payouts().as("alice").resolve(payout.id(), said);
        bench.payouts().as("bob").confirm(payout.id(), 1);
        bench.assertBooks();
    }
}
