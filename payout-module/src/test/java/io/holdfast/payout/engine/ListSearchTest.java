package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How a payout whose answer was lost is found in its provider's list. */
class ListSearchTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_found_alone_in_the_providers_list_is_taken_for_ours() {
        Instant sentAt = bench.clock.instant();
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST))
                .onSend(timeout())
                .lists(listed("r8", 7_000, sentAt))
                .lists(listed("r9", 5_000, sentAt));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        Payout found = bench.runAfter(SOON, payout);

        assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(found.providerReference()).contains("r9");
        bench.assertPaid(100);
    }

    @Test
    void two_equal_payouts_to_one_phone_are_never_matched_crosswise() {
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST))
                .onSend(timeout(), timeout())
                .lists(listed("r9", 5_000, bench.clock.instant()));
        bench.engine(one);
        Payout first = bench.request("p1");
        Payout second = bench.request("p2");
        bench.run();
        bench.run();

        bench.clock.move(SOON);
        bench.run();
        bench.run();

        assertThat(bench.find(first).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.find(second).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsOnly(PayoutItem.Kind.AMBIGUOUS);
        bench.assertWallet(7_000, 13_000);
    }

    @Test
    void our_own_reference_decides_where_the_provider_echoes_it() {
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST, Feature.ECHOES_REFERENCE))
                .onSend(timeout(), timeout());
        bench.engine(one);
        Payout first = bench.request("p1");
        Payout second = bench.request("p2");
        bench.run();
        bench.run();
        String ours = one.instructions().get(0).reference();
        one.lists(new ListedPayout(
                "r9", tzs(5_000), Optional.empty(), bench.clock.instant(), Optional.of(ours), succeeded("r9")));

        bench.clock.move(SOON);
        bench.run();
        bench.run();

        Payout named = ours.startsWith(first.id().toString()) ? first : second;
        Payout other = named.equals(first) ? second : first;
        assertThat(bench.find(named).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(other).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @Test
    void absence_from_a_list_proves_nothing() {
        bench.engine(bench.provider("one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST))
                .onSend(timeout()));
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(bench.runAfter(Duration.ofDays(3), payout).status()).isEqualTo(PayoutStatus.REVIEW);

        bench.assertWallet(13_500, 6_500);
    }

    private static ListedPayout listed(String reference, long amount, Instant createdAt) {
        return new ListedPayout(
                reference,
                tzs(amount),
                Optional.of("255712345678"),
                createdAt,
                Optional.empty(),
                new Outcome.Succeeded(reference, Particulars.NONE.chargedFee(tzs(100)), Evidence.NONE));
    }
}
