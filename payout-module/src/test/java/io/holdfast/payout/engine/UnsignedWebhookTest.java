package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Notices.proven;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.WebhookReceipt.Kind;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WebhookNotice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Deliveries that prove nothing: forged ones, and those of providers that do not sign. */
class UnsignedWebhookTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_is_not_signed_as_it_should_be_is_refused_and_leaves_nothing() throws SQLException {
        Payout payout = processing();
        int before = bench.payouts().history(payout.id()).size();

        WebhookReceipt receipt = bench.receive("one", "forged");

        assertThat(receipt)
                .returns(Kind.REFUSED, WebhookReceipt::kind)
                .returns(401, WebhookReceipt::httpStatus)
                .returns("not signed", WebhookReceipt::detail);
        assertThat(bench.payouts().history(payout.id())).hasSize(before);
        assertThat(deliveries()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.receive("nobody", "paid"))
                .withMessageContaining("\"nobody\"");
    }

    @Test
    void an_adapter_that_fails_refuses() {
        one.onWebhook("breaks", () -> {
            throw new IllegalStateException("the adapter's bug");
        });
        bench.engine(one);

        assertThat(bench.receive("one", "breaks").kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void an_unsigned_delivery_makes_us_ask_and_no_more_than_once_a_minute() throws SQLException {
        Payout payout = processing();
        bench.runAfter(Duration.ofSeconds(5), payout);
        one.onWebhook("hint", WebhookNotice.Hint.at("r1")).onLookup(succeeded("r1"));
        int asked = one.lookups().size();

        assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.ASKING);
        assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.IGNORED);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        bench.run();

        assertThat(one.lookups()).hasSize(asked + 1);
        bench.assertPaid(100);
        assertThat(deliveries()).isZero();
        bench.clock.move(Duration.ofMinutes(1));
        assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.ASKING);
    }

    @Test
    void hints_do_not_lengthen_the_waits_between_questions_nor_wear_out_those_after_the_end() {
        ScriptedProvider watched = bench.provider("one", ways -> ways.features(Feature.REVERSALS))
                .onSend(succeeded("r1"))
                .onWebhook("hint", WebhookNotice.Hint.at("r1"));
        bench.engine(watched);
        Payout payout = bench.request("p1");
        bench.run();

        for (int minute = 0; minute < 10; minute++) {
            bench.clock.move(Duration.ofMinutes(1));
            bench.receive("one", "hint");
            bench.run();
        }
        assertThat(watched.lookups()).hasSize(10);
        watched.onLookup(reversed("r1", 5_000, 100));
        bench.runAfter(Duration.ofDays(1), payout);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertNothingPaid();
    }

    @Test
    void nor_do_they_push_the_questions_about_what_is_under_way_apart() {
        Payout payout = processing();
        one.onWebhook("hint", WebhookNotice.Hint.at("r1"));
        for (int minute = 0; minute < 10; minute++) {
            bench.clock.move(Duration.ofMinutes(1));
            bench.receive("one", "hint");
            bench.run();
        }
        int asked = one.lookups().size();

        bench.runAfter(Duration.ofMinutes(1), payout);

        assertThat(one.lookups()).hasSize(asked + 1);
    }

    @Test
    void nothing_more_is_asked_about_what_is_being_asked_about_or_has_come_back() {
        Payout payout = processing();
        one.onWebhook("hint", WebhookNotice.Hint.at("r1")).onLookupDo(() -> {
            assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.IGNORED);
            return succeeded("r1");
        });
        assertThat(bench.runAfter(Duration.ofSeconds(5), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        bench.apply(payout, 1, reversed("r1", 5_000, 100));

        assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.IGNORED);
    }

    @Test
    void our_own_reference_brings_the_question_about_a_payout_forward_of_which_no_answer_came() {
        ScriptedProvider listing = bench.provider(
                "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST, Feature.ECHOES_REFERENCE));
        bench.engine(listing.onSend(timeout()), bench.provider("two"));
        Payout payout = bench.request("p1");
        bench.run();
        String ours = payout.id() + "-1";
        WebhookNotice hint = new WebhookNotice.Hint(Optional.of("r9"), Optional.of(ours));
        listing.onWebhook("ours", hint)
                .onWebhook("another", new WebhookNotice.Hint(Optional.empty(), Optional.of(payout.id() + "-2")))
                .lists(new ListedPayout(
                        "r9",
                        tzs(5_000),
                        Optional.of("255712345678"),
                        bench.clock.instant(),
                        Optional.of(ours),
                        succeeded("r9")));
        assertThat(bench.run()).isZero();

        assertThat(bench.receive("one", "another").kind()).isEqualTo(Kind.IGNORED);
        assertThat(bench.receive("one", "ours").kind()).isEqualTo(Kind.ASKING);
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookNotice.Hint(Optional.empty(), Optional.empty()));
    }

    @Test
    void a_hint_at_an_attempt_that_was_rejected_asks_about_that_one_and_finds_that_it_was_paid() {
        Payout payout = rejected(listing());

        assertThat(bench.receive("one", "ours").kind()).isEqualTo(Kind.ASKING);
        bench.run();

        assertThat(bench.find(payout))
                .returns(PayoutStatus.SUCCEEDED, Payout::status)
                .returns(true, Payout::late);
        bench.assertPaid(100);
    }

    @Test
    void where_it_cannot_be_asked_about_nobody_says_that_it_is() {
        ScriptedProvider listing = bench.provider("one", ways -> ways.features(Feature.LIST));
        Payout payout = rejected(listing);

        assertThat(bench.receive("one", "ours").kind()).isEqualTo(Kind.IGNORED);
        assertThat(bench.run()).isZero();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void a_hint_at_an_earlier_attempt_asks_about_that_one_beside_the_one_that_is_under_way() {
        ScriptedProvider listing = listing();
        Payout payout = refusedOnceAndAccepted(listing);

        assertThat(bench.receive("one", "ours").kind()).isEqualTo(Kind.ASKING);
        bench.run();

        assertThat(listing.lookups()).containsExactly("r2");
        bench.assertTotal("liabilities:suspense:one", -5_100);
        int asked = listing.lookups().size();
        listing.onList(List.of());
        bench.runAfter(Duration.ofMinutes(5), payout);
        assertThat(listing.lookups()).hasSize(asked + 1);
    }

    @Test
    void a_hint_that_comes_while_an_answer_is_late_is_not_lost_with_that_which_was_asked_for() {
        ScriptedProvider listing = listing();
        Payout payout = refusedOnceAndAccepted(listing);
        listing.onWebhook("theirs", WebhookNotice.Hint.at("r2")).onLookupDo(() -> {
            bench.clock.move(Duration.ofMinutes(5));
            assertThat(bench.receive("one", "ours").kind()).isEqualTo(Kind.ASKING);
            return accepted("r2");
        });

        bench.receive("one", "theirs");
        bench.run();
        bench.runAfter(Duration.ofMinutes(5), payout);

        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    private ScriptedProvider listing() {
        return bench.provider("one", ways -> ways.features(Feature.LIST, Feature.ECHOES_REFERENCE));
    }

    /** A payout whose second attempt is under way, and whose first was rejected and paid all the same, as {@link #paidAfterAll} has it. */
    private Payout refusedOnceAndAccepted(ScriptedProvider listing) {
        bench.engine(listing.onSend(PayoutBench.rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        paidAfterAll(listing, payout);
        return payout;
    }

    @Test
    void a_hint_at_another_reference_of_what_was_paid_asks_about_that_one() {
        bench.engine(one.onSend(succeeded("r1")).onWebhook("hint", WebhookNotice.Hint.at("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.apply(payout, 1, accepted("r2"));

        assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.ASKING);
        bench.run();

        assertThat(one.lookups()).contains("r2");
    }

    /** A payout whose only attempt was rejected, and was paid all the same, as the list shows and a hint says. */
    private Payout rejected(ScriptedProvider listing) {
        bench.engine(listing.onSend(PayoutBench.rejected(FailureReason.DECLINED)));
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        paidAfterAll(listing, payout);
        return payout;
    }

    private void paidAfterAll(ScriptedProvider listing, Payout payout) {
        String ours = payout.id() + "-1";
        listing.onWebhook("ours", new WebhookNotice.Hint(Optional.of("r9"), Optional.of(ours)))
                .lists(new ListedPayout(
                        "r9",
                        tzs(5_000),
                        Optional.of("255712345678"),
                        bench.clock.instant(),
                        Optional.of(ours),
                        succeeded("r9")));
    }

    @Test
    void a_forged_early_copy_does_not_suppress_the_real_one() {
        one.onWebhook("forged", WebhookNotice.Hint.at("r1"))
                .onWebhook("paid", proven("d1", succeeded("r1")))
                .onSend(accepted("r1"));
        bench.engine(one);
        bench.request("p1");

        assertThat(bench.receive("one", "forged").kind()).isEqualTo(Kind.IGNORED);
        bench.run();
        bench.receive("one", "forged");

        assertThat(bench.receive("one", "paid").kind()).isEqualTo(Kind.APPLIED);
        bench.assertPaid(100);
    }

    private Payout processing() {
        one.onSend(accepted("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        return payout;
    }

    private int deliveries() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from holdfast.payout_webhook w"
                        + " join holdfast.ledger l using (ledger_id) where l.name = '" + bench.ledger.name() + "'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
