package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Refused;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payer;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WireCurrency;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_request_sets_amount_and_fee_aside_and_calls_nobody() {
        ScriptedProvider one = bench.provider("one");
        bench.engine(one);

        Payout payout =
                bench.payouts().request(bench.aRequest("p1").narration("June").metadata("order", "42"));

        assertThat(payout.status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(payout.amount()).isEqualTo(tzs(5_000));
        assertThat(payout.fee()).isEqualTo(tzs(1_500));
        assertThat(payout.total()).isEqualTo(tzs(6_500));
        assertThat(payout.metadata()).containsEntry("order", "42");
        assertThat(payout.entries()).containsExactly(payout.hold());
        bench.assertWallet(13_500, 6_500);
        bench.assertBooks();
        assertThat(one.sends()).isEmpty();
    }

    @Test
    void every_character_of_a_text_is_kept() {
        bench.engine(bench.provider("one").onSend(PayoutBench.succeeded("r1")));
        String text = "a,b \"c\" \\d\\\\ (e) {f,\"g\"} '' null NULL \u00e9\ud83d\udcb8 %s $1";

        Payout payout = bench.payouts()
                .request(bench.aRequest("p,(\"1\")\\")
                        .narration(text)
                        .metadata("null", text)
                        .metadata("empty", ""));
        bench.run();

        Payout read = bench.payouts().find(payout.id()).orElseThrow();
        assertThat(read.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(read.key().value()).isEqualTo("p,(\"1\")\\");
        assertThat(read.narration()).isEqualTo(text);
        assertThat(read.metadata()).containsOnly(Map.entry("null", text), Map.entry("empty", ""));
    }

    @Test
    void the_same_request_again_returns_the_payout_as_it_stands() {
        bench.engine(bench.provider("one").onSend(PayoutBench.succeeded("r1")));
        Payout first = bench.request("p1");
        bench.run();

        Payout again = bench.request("p1");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void another_request_under_the_same_key_is_refused_and_told_what_differs() {
        bench.engine(bench.provider("one"));
        bench.request("p1");

        PayoutRequest other = PayoutRequest.of("p1", ALICE, tzs(5_001), Recipient.MobileMoney.of("+255712345679"))
                .via("one")
                .metadata("a", "b");

        assertThat(refusal(() -> bench.payouts().request(other)))
                .isEqualTo(new PayoutRefusal.KeyConflict(Key.of("p1"), List.of("amount", "recipient", "metadata")));
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_key_is_looked_at_before_anything_else() {
        bench.engine(bench.provider("one"));
        Payout first = bench.request("p1");

        bench.engine(bench.provider("two"));

        assertThat(bench.request("p1").id()).isEqualTo(first.id());
    }

    @Test
    void what_the_wallet_cannot_afford_leaves_no_trace() {
        bench.engine(bench.provider("one"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> bench.payouts()
                        .request(
                                PayoutRequest.of("p1", ALICE, tzs(18_501), ASHA).via("one")))
                .satisfies(refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InsufficientFunds.class));

        assertThat(bench.payouts().find(Key.of("p1"))).isEmpty();
        assertThat(bench.payouts()
                        .request(
                                PayoutRequest.of("p1", ALICE, tzs(18_500), ASHA).via("one"))
                        .status())
                .isEqualTo(PayoutStatus.PENDING);
        bench.assertWallet(0, 20_000);
    }

    @Test
    void one_catch_meets_what_the_ledger_refuses_and_what_payouts_refuse() {
        bench.engine(bench.provider("one"));
        PayoutRequest unaffordable =
                PayoutRequest.of("p1", ALICE, tzs(18_501), ASHA).via("one");

        assertThat(refused(unaffordable)).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(refused(bench.aRequest("p1").via("other"))).isEqualTo("NO_ROUTE");
    }

    private String refused(PayoutRequest request) {
        try {
            return "not refused: " + bench.payouts().request(request);
        } catch (Refused no) {
            assertThat(no).hasMessage(no.code() + ": " + no.refusal().message());
            return no.code();
        }
    }

    @Test
    void a_wallet_that_is_not_open_is_refused_by_the_ledger() {
        bench.engine(bench.provider("one"));
        Account nobody = Wallets.account("nobody", TZS);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> bench.payouts()
                        .request(
                                PayoutRequest.of("p1", nobody, tzs(5_000), ASHA).via("one")))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(new Refusal.AccountNotFound(nobody)));
    }

    @Test
    void the_recipient_bears_the_fee_if_so_asked() {
        bench.engine(bench.provider("one"));

        Payout payout = bench.payouts().request(bench.aRequest("p1").payer(Payer.RECIPIENT));

        assertThat(payout.amount()).isEqualTo(tzs(3_500));
        assertThat(payout.total()).isEqualTo(tzs(5_000));
        bench.assertWallet(15_000, 5_000);
        assertThat(bench.payouts()
                        .request(bench.aRequest("p1").payer(Payer.RECIPIENT))
                        .id())
                .isEqualTo(payout.id());
        assertThat(refusal(() -> bench.request("p1")))
                .isEqualTo(new PayoutRefusal.KeyConflict(Key.of("p1"), List.of("payer")));
    }

    @Test
    void a_fee_that_eats_up_the_amount_is_refused() {
        bench.engine(bench.provider("one"));

        PayoutRequest request =
                PayoutRequest.of("p1", ALICE, tzs(1_500), ASHA).via("one").payer(Payer.RECIPIENT);

        assertThat(refusal(() -> bench.payouts().request(request))).isInstanceOf(PayoutRefusal.AmountOutOfRange.class);
    }

    @Test
    void what_the_provider_cannot_pay_is_refused_before_anything_is_held() {
        bench.engine(bench.provider(
                "one", ways -> ways.currencies(List.of(WireCurrency.of(TZS, 0).minimum(tzs(5_000))))));

        assertThat(refusal(() -> bench.payouts()
                        .request(PayoutRequest.of("p1", ALICE, tzs(4_999), ASHA).via("one"))))
                .isInstanceOf(PayoutRefusal.AmountOutOfRange.class);
        assertThat(refusal(() -> bench.payouts()
                        .request(PayoutRequest.of("p1", ALICE, Money.of(TZS, "5000.50"), ASHA)
                                .via("one"))))
                .isInstanceOf(PayoutRefusal.AmountOutOfRange.class);
        assertThat(refusal(() -> bench.payouts()
                        .request(PayoutRequest.of("p1", ALICE, tzs(5_000), Recipient.MobileMoney.of("+2557123"))
                                .via("one"))))
                .isInstanceOf(PayoutRefusal.InvalidRecipient.class)
                .extracting(PayoutRefusal::message)
                .asString()
                .doesNotContain("2557123");
        assertThat(refusal(() -> bench.payouts()
                        .request(PayoutRequest.of(
                                        "p1", ALICE, tzs(5_000), new Recipient.BankAccount("CRDB", "0150", "A"))
                                .via("one"))))
                .isInstanceOf(PayoutRefusal.NoRoute.class);
        assertThat(refusal(() -> bench.payouts().request(bench.aRequest("p1").via("other"))))
                .isInstanceOf(PayoutRefusal.NoRoute.class);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void a_wallet_without_a_minimum_pays_without_limit() {
        bench.engine(bench.provider("one"));
        Account open = bench.ledger.open(AccountTerms.of("liabilities:wallets:open", TZS));

        bench.payouts()
                .request(PayoutRequest.of("p1", open, tzs(1_000_000), ASHA).via("one"));

        assertThat(bench.ledger.balance(open).available()).isEqualTo(tzs(-1_001_500));
    }

    @Test
    void routes_decide_where_the_request_names_no_provider() {
        ScriptedProvider one = bench.provider(
                "one", ways -> ways.currencies(List.of(WireCurrency.of(TZS, 0).maximum(tzs(1_000)))));
        bench.engine(
                builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))),
                one,
                bench.provider("two"));

        Payout payout = bench.payouts().request(PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA));

        assertThat(payout.routes()).containsExactly("two");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        bench.engine(builder -> builder.routes(List.of(Route.of(TZS, Channel.BANK, "nowhere"))), one))
                .withMessageContaining("nowhere");
    }

    @Test
    void a_request_in_the_hosts_transaction_is_there_once_the_host_commits() throws Exception {
        bench.engine(bench.provider("one"));

        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            bench.payouts().within(connection).request(bench.aRequest("p1"));
            assertThat(bench.payouts().find(Key.of("p1"))).isEmpty();
            connection.rollback();
            assertThat(bench.payouts().find(Key.of("p1"))).isEmpty();
            bench.assertWallet(20_000, 0);

            bench.payouts().within(connection).request(bench.aRequest("p1"));
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> bench.payouts()
                            .within(connection)
                            .request(PayoutRequest.of("p2", ALICE, tzs(50_000), ASHA)
                                    .via("one")));
            connection.commit();
        }

        assertThat(bench.payouts().find(Key.of("p1"))).isPresent();
        assertThat(bench.payouts().find(Key.of("p2"))).isEmpty();
        bench.assertWallet(13_500, 6_500);
        bench.assertBooks();
    }

    @Test
    void a_wallet_opened_in_a_transaction_that_rolled_back_is_not_remembered() throws SQLException {
        bench.engine(bench.provider("one"));
        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            requestOfBob(bench.ledger.within(host), bench.payouts().within(host));
            host.rollback();
        }

        Payout payout = requestOfBob(bench.ledger, bench.payouts());

        assertThat(bench.payouts().find(payout.id())).contains(payout);
    }

    private static Payout requestOfBob(Ledger ledger, Payouts payouts) {
        Account bob = new Wallets(ledger).open("bob", TZS);
        new Wallets(ledger).fund("bob", tzs(9_000), "bob's");
        return payouts.request(PayoutRequest.of("p1", bob, tzs(5_000), ASHA).via("one"));
    }

    @Test
    void a_connection_in_auto_commit_mode_is_no_transaction_to_join() throws Exception {
        bench.engine(bench.provider("one"));

        try (Connection connection = DATABASE.dataSource().getConnection()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bench.payouts().within(connection))
                    .withMessageContaining("auto-commit");
        }
    }

    @Test
    void a_cancelled_payout_gives_back_what_was_set_aside_once() {
        ScriptedProvider one = bench.provider("one");
        bench.engine(one);
        Payout payout = bench.request("p1");

        Payout cancelled = bench.payouts().as("clerk").cancel(payout.id());

        assertThat(cancelled.status()).isEqualTo(PayoutStatus.CANCELLED);
        assertThat(bench.payouts().cancel(payout.id()).status()).isEqualTo(PayoutStatus.CANCELLED);
        assertThat(bench.payouts().history(payout.id()))
                .extracting(step -> step.actor())
                .containsExactly("payouts", "clerk");
        assertThat(cancelled.entries())
                .extracting(entry -> bench.ledger
                        .entry(EntryReference.of(entry))
                        .orElseThrow()
                        .actor())
                .containsExactly("payouts", "clerk");
        bench.assertNothingPaid();
        assertThat(bench.run()).isZero();
        assertThat(one.sends()).isEmpty();
    }

    @Test
    void a_payout_is_in_doubt_since_it_was_first_sent_without_a_clear_answer() {
        bench.engine(bench.provider("one").onSend(new Outcome.NotSent("refused"), PayoutBench.timeout()));
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.find(payout).inDoubtSince()).isEmpty();

        bench.clock.move(Duration.ofMinutes(1));
        Instant sent = bench.clock.instant();
        bench.run();
        bench.clock.move(Duration.ofMinutes(1));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(bench.find(payout).inDoubtSince()).contains(sent);
    }

    @Test
    void what_may_have_been_sent_cannot_be_cancelled() {
        bench.engine(bench.provider("one").onSend(PayoutBench.timeout()));
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(refusal(() -> bench.payouts().cancel(payout.id())))
                .isEqualTo(
                        new PayoutRefusal.NotCancellable(Key.of("p1"), PayoutStatus.UNKNOWN, "it may have been paid"))
                .extracting(PayoutRefusal::message)
                .isEqualTo("Payout \"p1\" is UNKNOWN and cannot be cancelled: it may have been paid");
        assertThat(refusal(() -> bench.payouts().cancel(new UUID(7, 7))))
                .isInstanceOf(PayoutRefusal.PayoutNotFound.class);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_scheduled_payout_is_sent_when_its_time_has_come() {
        ScriptedProvider one = bench.provider("one").onSend(PayoutBench.succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.payouts()
                .request(bench.aRequest("p1").notBefore(bench.clock.instant().plus(Duration.ofHours(1))));

        assertThat(payout.status()).isEqualTo(PayoutStatus.SCHEDULED);
        assertThat(bench.run()).isZero();
        assertThat(bench.runAfter(Duration.ofHours(1), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.path(payout)).containsExactly("SCHEDULED", "PENDING", "SENDING", "SUCCEEDED");
    }
}
