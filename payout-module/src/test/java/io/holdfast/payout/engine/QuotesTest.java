package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.FeeShare;
import io.holdfast.payout.Payer;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.RequestResult;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WireCurrency;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a payout costs, told beforehand and kept. */
class QuotesTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_by_quote_costs_what_was_quoted_although_fees_have_changed() {
        bench.engine(bench.provider("one"));
        PayoutQuote quote = quote();
        assertThat(List.of(quote.amount(), quote.fee(), quote.total()))
                .containsExactly(tzs(5_000), tzs(1_500), tzs(6_500));
        assertThat(quote.routes()).containsExactly("one");
        bench.assertWallet(20_000, 0);

        bench.engine(
                builder -> builder.fees(List.of(FeeRule.of(FeeSchedule.fixed(tzs(9_000))))),
                bench.provider("one").onSend(succeeded("r1")));
        Payout payout = bench.payouts().request(aRequest("p1").quoted(quote.id()));
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        assertThat(bench.payouts().request(aRequest("p1").quoted(quote.id())).id())
                .isEqualTo(payout.id());
    }

    @Test
    void a_payout_by_quote_goes_over_those_of_the_quoted_routes_that_are_left() {
        Route both = Route.of(TZS, Channel.MOBILE_MONEY, "one", "two");
        bench.engine(builder -> builder.routes(List.of(both)), bench.provider("one"), bench.provider("two"));
        PayoutQuote quote = quote(5_000);
        assertThat(quote.routes()).containsExactly("one", "two");
        PayoutRequest requested = PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA);

        bench.engine(bench.provider("three"));
        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(() -> bench.payouts().request(requested.quoted(quote.id())))
                .withMessageContaining("NO_ROUTE")
                .withMessageContaining("[one, two]")
                .withMessageContaining("request it without that quote");
        bench.assertWallet(20_000, 0);
        bench.engine(bench.provider("two").onSend(succeeded("r1")));
        Payout payout = bench.payouts().request(requested.quoted(quote.id()));
        bench.run();

        assertThat(payout.routes()).containsExactly("two");
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertWallet(13_500, 0);
    }

    @Test
    void a_quote_is_good_for_one_payout_and_for_a_while() {
        bench.engine(bench.provider("one"));
        PayoutQuote used = quote();
        PayoutQuote late = quote();
        bench.payouts().request(aRequest("p1").quoted(used.id()));

        assertThat(refusal(() -> bench.payouts().request(aRequest("p2").quoted(used.id()))))
                .isEqualTo("QUOTE_USED");
        bench.clock.move(Duration.ofMinutes(15));
        assertThat(refusal(() -> bench.payouts().request(aRequest("p3").quoted(late.id()))))
                .isEqualTo("QUOTE_EXPIRED");
        assertThat(refusal(() -> bench.payouts().request(aRequest("p1")))).isEqualTo("KEY_CONFLICT");
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_list_that_names_a_quote_twice_has_one_payout_by_it_and_all_others() {
        bench.engine(bench.provider("one"));
        PayoutQuote quote = quote();
        List<PayoutRequest> twice =
                List.of(aRequest("p1").quoted(quote.id()), aRequest("p2").quoted(quote.id()), aRequest("p3"));
        RequestResult.Refused used = new RequestResult.Refused(new PayoutRefusal.QuoteUsed(quote.id(), Key.of("p1")));

        assertThat(bench.payouts().check(twice)).containsExactly(Optional.empty(), Optional.of(used), Optional.empty());
        List<RequestResult> results = bench.payouts().requestAll(twice);

        assertThat(results)
                .hasExactlyElementsOfTypes(
                        RequestResult.Requested.class, RequestResult.Refused.class, RequestResult.Requested.class);
        assertThat(results.get(1)).isEqualTo(used);
        bench.assertWallet(7_000, 13_000);
    }

    @Test
    void the_database_takes_one_payout_by_a_quote() throws SQLException {
        bench.engine(bench.provider("one"));
        PayoutQuote quote = quote();
        bench.payouts().request(aRequest("p1").quoted(quote.id()));

        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() ->
                            statement.execute("insert into holdfast.payout_intent select (jsonb_populate_record(i,"
                                    + " jsonb_build_object('payout_id', gen_random_uuid(), 'key', 'p2'))).*"
                                    + " from holdfast.payout_intent i where quote_id = '" + quote.id() + "'"))
                    .withMessageContaining("payout_quote_once");
        }
    }

    @Test
    void a_quote_of_something_else_is_no_quote() {
        bench.engine(bench.provider("one"));
        PayoutQuote quote = quote();

        assertThat(bench.payouts()
                        .check(List.of(
                                PayoutRequest.of("p1", ALICE, tzs(5_001), ASHA)
                                        .via("one")
                                        .quoted(quote.id()),
                                PayoutRequest.of("p2", ALICE, tzs(5_000), Recipient.MobileMoney.of("+255712345679"))
                                        .payer(Payer.RECIPIENT)
                                        .quoted(quote.id()))))
                .containsExactly(
                        Optional.of(differs(quote, "amount")),
                        Optional.of(differs(quote, "payer", "recipient", "provider")));
        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(() -> bench.payouts()
                        .request(PayoutRequest.of("p1", ALICE, tzs(5_001), ASHA)
                                .via("one")
                                .quoted(quote.id())))
                .withMessageContaining("is for another payout; what differs: amount");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> bench.payouts()
                        .quote(QuoteRequest.of(Wallets.account("nobody", TZS), tzs(5_000), ASHA)
                                .via("one")));
        bench.assertWallet(20_000, 0);
    }

    @Test
    void a_quote_that_is_not_there_refuses_its_request_and_no_other() {
        bench.engine(bench.provider("one"));
        UUID unknown = UUID.randomUUID();
        RequestResult.Refused notFound = new RequestResult.Refused(new PayoutRefusal.QuoteNotFound(unknown));
        List<PayoutRequest> requests = List.of(aRequest("p1"), aRequest("p2").quoted(unknown), aRequest("p3"));

        assertThat(bench.payouts().check(requests))
                .containsExactly(Optional.empty(), Optional.of(notFound), Optional.empty());
        List<RequestResult> results = bench.payouts().requestAll(requests);

        assertThat(results)
                .hasExactlyElementsOfTypes(
                        RequestResult.Requested.class, RequestResult.Refused.class, RequestResult.Requested.class);
        assertThat(results.get(1)).isEqualTo(notFound);
        assertThat(refusal(() -> bench.payouts().request(aRequest("p2").quoted(unknown))))
                .isEqualTo("QUOTE_NOT_FOUND");
        bench.assertWallet(7_000, 13_000);
    }

    @Test
    void thirty_two_threads_with_one_quote_and_different_keys_make_one_payout() throws Exception {
        bench.engine(bench.provider("one"));
        PayoutEngine other = bench.newEngine(builder -> builder, bench.provider("one"));
        PayoutQuote quote = quote();
        AtomicInteger taken = new AtomicInteger();
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            PayoutRequest request = aRequest("p" + i).quoted(quote.id());
            boolean isHere = i % 2 == 0;
            work.add(() -> {
                try {
                    taken.addAndGet((isHere ? bench.payouts() : other.payouts()).request(request) == null ? 0 : 1);
                } catch (PayoutRefusedException refused) {
                    assertThat(refused.refusal().code()).isEqualTo("QUOTE_USED");
                }
                return request;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(taken.get()).isEqualTo(1);
        bench.assertWallet(13_500, 6_500);
        bench.assertBooks();
    }

    @Test
    void the_fee_is_that_of_the_first_route_that_can_pay_and_of_the_day() {
        LocalDate tomorrow =
                LocalDate.ofInstant(bench.clock.instant(), bench.ledger.zone()).plusDays(1);
        bench.engine(
                builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two")))
                        .fees(List.of(
                                FeeRule.of(FeeSchedule.fixed(tzs(100))).via("one"),
                                FeeRule.of(FeeSchedule.fixed(tzs(200)))
                                        .via("one")
                                        .from(tomorrow),
                                FeeRule.of(FeeSchedule.fixed(tzs(300))))),
                bench.provider(
                        "one",
                        ways -> ways.currencies(List.of(WireCurrency.of(TZS, 0).maximum(tzs(4_000))))),
                bench.provider("two"));

        assertThat(quote(4_000).fee()).isEqualTo(tzs(100));
        assertThat(quote(4_001).fee()).isEqualTo(tzs(300));
        assertThat(quote(4_001).routes()).containsExactly("two");
        bench.clock.move(Duration.ofDays(1));
        assertThat(quote(4_000).fee()).isEqualTo(tzs(200));
        assertThat(quote(4_000).routes()).containsExactly("one", "two");
    }

    @Test
    void who_bears_the_fee_gets_or_pays_it_and_shares_of_it_add_up() {
        PayoutAccounts shared = PayoutAccounts.DEFAULTS.withFees(
                new FeeShare("revenue:payout-fees", 2),
                new FeeShare("liabilities:excise", 1),
                new FeeShare("revenue:partner", 4));
        bench.engine(
                builder -> builder.accounts(shared).fees(List.of(FeeRule.of(FeeSchedule.fixed(tzs(1_000))))),
                bench.provider("one").onSend(PayoutBench.succeeded("r1")));

        bench.payouts()
                .request(PayoutRequest.of("p1", ALICE, tzs(6_000), ASHA)
                        .payer(Payer.RECIPIENT)
                        .via("one"));
        bench.run();

        bench.assertWallet(14_000, 0);
        bench.assertTotal("assets:providers:one:float", -5_100);
        long sum = 0;
        for (FeeShare share : shared.fees()) {
            sum += bench.ledger
                    .balance(io.holdfast.ledger.Account.of(share.path(), TZS))
                    .total()
                    .minor()
                    .longValueExact();
        }
        assertThat(sum).isEqualTo(100_000);
    }

    private PayoutQuote quote() {
        return bench.payouts().quote(QuoteRequest.of(ALICE, tzs(5_000), ASHA).via("one"));
    }

    private PayoutQuote quote(long amount) {
        return bench.payouts().quote(QuoteRequest.of(ALICE, tzs(amount), ASHA));
    }

    private static RequestResult.Refused differs(PayoutQuote quote, String... fields) {
        return new RequestResult.Refused(new PayoutRefusal.QuoteDiffers(quote.id(), List.of(fields)));
    }

    private PayoutRequest aRequest(String key) {
        return bench.aRequest(key);
    }

    private static String refusal(ThrowingCallable work) {
        return Refusals.refusal(work).code();
    }
}
