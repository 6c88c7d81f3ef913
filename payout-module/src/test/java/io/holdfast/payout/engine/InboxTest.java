package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Notices.proven;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.ParkedWebhook;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.WebhookReceipt.Kind;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WebhookNotice;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What becomes of deliveries that are cut off, that wait, and that are of something else than they seem. */
class InboxTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String BREAK_R1 =
            "alter table holdfast.payout_reference add constraint broken check (reference <> 'r1') not valid";
    private static final String MEND_R1 = "alter table holdfast.payout_reference drop constraint broken";

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one =
            bench.provider("one", ways -> ways.resend(Resend.NEVER).environment(Environment.LIVE));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_waits_is_listed_until_it_is_applied() {
        one.onWebhook("first", proven("d1", succeeded("r1")))
                .onWebhook("second", proven("d2", failed("r2"), "0191e2a4-0000-7000-8000-000000000000-1"))
                .onSend(accepted("r1"));
        bench.engine(one);
        bench.request("p1");

        bench.receive("one", "first");
        bench.receive("one", "second");

        assertThat(bench.webhooks().countParked()).isEqualTo(2);
        assertThat(bench.webhooks().parked(10, 0))
                .extracting(ParkedWebhook::delivery)
                .containsExactly("d1", "d2");
        assertThat(bench.webhooks().parked(10, 1)).singleElement().satisfies(parked -> {
            assertThat(parked.provider()).isEqualTo("one");
            assertThat(parked.reference()).contains("r2");
            assertThat(parked.ourReference()).contains("0191e2a4-0000-7000-8000-000000000000-1");
            assertThat(parked.outcome()).isEqualTo(Outcome.Code.FAILED);
            assertThat(parked.receivedAt()).isEqualTo(bench.clock.instant());
        });
        bench.run();
        bench.assertPaid(100);
        assertThat(bench.webhooks().parked(10, 0))
                .extracting(ParkedWebhook::delivery)
                .containsExactly("d2");
        assertThatIllegalArgumentException().isThrownBy(() -> bench.webhooks().parked(0, 0));
    }

    @Test
    void a_delivery_that_was_cut_off_and_only_echoes_our_reference_is_taken_up_all_the_same() throws SQLException {
        Payout payout = cutOff();

        assertThat(bench.webhooks().countParked()).isEqualTo(1);
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        assertThat(bench.webhooks().countParked()).isZero();
    }

    @Test
    void a_copy_takes_up_what_was_cut_off() throws SQLException {
        Payout payout = cutOff();

        WebhookReceipt copy = bench.receive("one", "paid");

        assertThat(copy.kind()).isEqualTo(Kind.DUPLICATE);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        bench.assertBooks();
    }

    @Test
    void a_delivery_that_cannot_be_applied_keeps_nothing_from_being_sent() throws SQLException {
        Payout payout = cutOff();
        one.onSend(succeeded("r2"));
        Payout other = bench.request("p2");

        execute(BREAK_R1);
        try {
            bench.run(100);
        } finally {
            execute(MEND_R1);
        }

        assertThat(bench.find(other).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.webhooks().parked(10, 0))
                .extracting(ParkedWebhook::delivery)
                .containsExactly("d1");
        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.webhooks().countParked()).isZero();
    }

    @Test
    void deliveries_of_a_provider_that_is_gone_keep_neither_payouts_nor_other_deliveries_waiting() throws SQLException {
        int more = 100;
        ScriptedProvider two = bench.provider("two", ways -> ways.environment(Environment.LIVE))
                .onSend(timeout());
        one.onSend(timeout(), succeeded("r9"));
        bench.engine(one, two);
        Payout gone = bench.payouts().request(bench.aRequest("gone").via("two"));
        Payout known = bench.request("known");
        bench.run(100);
        for (int i = 1; i <= more; i++) {
            two.onWebhook("of two " + i, proven("t" + i, succeeded("r1"), gone.id() + "-1"));
        }
        one.onWebhook("of one", proven("d1", succeeded("r1"), known.id() + "-1"));
        execute(BREAK_R1);
        try {
            for (int i = 1; i <= more; i++) {
                String body = "of two " + i;
                assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> bench.receive("two", body));
            }
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> bench.receive("one", "of one"));
        } finally {
            execute(MEND_R1);
        }
        bench.engine(one);
        Payout waiting = bench.request("waiting");

        bench.run(100);
        bench.run(100);

        assertThat(bench.find(waiting).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(known).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(gone).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(bench.webhooks().countParked()).isEqualTo(more);
    }

    @Test
    void what_another_provider_says_under_the_same_reference_is_of_another_payout() {
        ScriptedProvider two = bench.provider("two")
                .onWebhook("paid", proven("d1", succeeded("r1")))
                .onWebhook("paid by echo", proven("d2", succeeded("r2"), "later"));
        one.onSend(accepted("r1"));
        bench.engine(one, two);
        Payout payout = bench.request("p1");
        two.onWebhook("paid by echo", proven("d2", succeeded("r2"), payout.id() + "-1"))
                .onWebhook("hint", WebhookNotice.Hint.at("r1"));
        bench.run();

        assertThat(bench.receive("two", "paid").kind()).isEqualTo(Kind.PARKED);
        assertThat(bench.receive("two", "paid by echo").kind()).isEqualTo(Kind.PARKED);
        assertThat(bench.receive("two", "hint").kind()).isEqualTo(Kind.IGNORED);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void the_same_figure_in_another_currency_is_no_proof() {
        Money shillingsOfKenya = Money.of(Currency.of("KES"), "5000");

        assertNoProof(Particulars.NONE.amount(shillingsOfKenya));
    }

    @Test
    void a_fee_in_another_currency_is_no_proof() {
        assertNoProof(Particulars.NONE.chargedFee(Money.of(Currency.of("KES"), "100")));
    }

    @Test
    void an_echo_of_another_payouts_reference_is_no_proof() {
        assertNoProof(Particulars.NONE.reference("0191e2a4-0000-7000-8000-000000000000-1"));
    }

    @Test
    void what_is_of_the_test_environment_does_not_settle_what_is_live() {
        assertNoProof(Particulars.NONE.amount(tzs(5_000)).environment(Environment.TEST));
    }

    @Test
    void what_is_of_our_own_environment_settles() {
        one.onSend(accepted("r1")).onWebhook("paid", told(Particulars.NONE.environment(Environment.LIVE)));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        bench.receive("one", "paid");

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void an_answer_from_the_test_environment_does_not_settle_what_is_live_either() {
        Particulars test = Particulars.NONE.environment(Environment.TEST);
        one.onSend(accepted("r1")).onLookup(new Outcome.Succeeded("r1", test, Evidence.NONE));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(Duration.ofSeconds(5), payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_hint_leaves_alone_what_is_being_asked_about_and_what_has_come_back() {
        one.onWebhook("hint", WebhookNotice.Hint.at("r1")).onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.ASKING);
        bench.clock.move(Duration.ofMinutes(1));
        one.onLookupDo(() -> {
            bench.clock.move(Duration.ofSeconds(59));
            assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.IGNORED);
            return reversed("r1", 5_000, 100);
        });

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.clock.move(Duration.ofDays(1));
        assertThat(bench.receive("one", "hint").kind()).isEqualTo(Kind.IGNORED);
        assertThat(bench.run()).isZero();
        assertThat(one.lookups()).hasSize(1);
    }

    /** A signed delivery was recorded, and the database failed before it was applied: there is nothing else to ask. */
    private Payout cutOff() throws SQLException {
        one.onSend(timeout());
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        one.onWebhook("paid", proven("d1", succeeded("r1"), payout.id() + "-1"));
        execute(BREAK_R1);
        try {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> bench.receive("one", "paid"));
        } finally {
            execute(MEND_R1);
        }
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        return payout;
    }

    private void assertNoProof(Particulars told) {
        one.onSend(accepted("r1")).onWebhook("paid", told(told));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.receive("one", "paid").kind()).isEqualTo(Kind.APPLIED);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.MISMATCH);
        bench.assertWallet(13_500, 6_500);
        bench.assertBooks();
    }

    private static WebhookNotice told(Particulars particulars) {
        return proven(
                "d1",
                new Outcome.Succeeded("r1", particulars, Evidence.NONE),
                Optional.of("r1"),
                Optional.empty(),
                particulars);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
