package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimit.Span;
import io.holdfast.payout.PayoutLimit.Subject;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.RequestResult;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Recipient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How much may be paid out, whatever the wallet has. */
class LimitsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Recipient JUMA = Recipient.MobileMoney.of("+255712345679");

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void less_than_our_minimum_and_more_than_a_payout_may_be_are_refused() {
        engine(PayoutLimits.NONE.minimums(List.of(tzs(1_000))).limits(List.of(PayoutLimit.ofPayout(tzs(3_000)))));

        assertThat(refusal("p1", 999).code()).isEqualTo("AMOUNT_OUT_OF_RANGE");
        assertThat(refusal("p2", 3_001).code()).isEqualTo("PAYOUT_LIMIT");
        assertThat(request("p3", 1_000, ASHA).amount()).isEqualTo(tzs(1_000));
        assertThat(request("p4", 3_000, ASHA).amount()).isEqualTo(tzs(3_000));
    }

    @Test
    void a_wallet_has_so_much_a_day_and_more_the_next_day() {
        engine(limits(PayoutLimit.amount(Subject.WALLET, Span.DAY, tzs(5_000))));
        request("p1", 3_000, ASHA);

        assertThat(refusal("p2", 2_001))
                .isEqualTo(new PayoutRefusal.LimitExceeded(
                        Subject.WALLET,
                        Span.DAY,
                        "TZS 2001.00 beside TZS 3000.00 that were requested is above TZS 5000.00"));
        request("p3", 2_000, JUMA);
        bench.clock.move(Duration.ofDays(1));
        request("p4", 5_000, ASHA);
    }

    @Test
    void a_recipient_has_so_many_a_month_from_whichever_wallet() {
        engine(limits(PayoutLimit.count(Subject.RECIPIENT, Span.MONTH, TZS, 2)));
        Wallets wallets = new Wallets(bench.ledger);
        wallets.open("bob", TZS);
        wallets.fund("bob", tzs(20_000), "bob");
        request("p1", 1_000, ASHA);
        bench.clock.move(Duration.ofDays(3));
        bench.payouts()
                .request(PayoutRequest.of("p2", Wallets.account("bob", TZS), tzs(1_000), ASHA)
                        .via("one"));

        assertThat(refusal("p3", 1_000).message())
                .isEqualTo("The limit of a recipient in a month: 2 of 2 payouts were requested");
        request("p4", 1_000, JUMA);
        bench.clock.move(Duration.ofDays(31));
        request("p5", 1_000, ASHA);
    }

    @Test
    void two_spellings_of_a_bank_account_are_one_recipient() {
        bench.engine(
                builder -> builder.fees(List.of())
                        .limits(limits(PayoutLimit.count(Subject.RECIPIENT, Span.DAY, TZS, 2))
                                .duplicatesWithin(Duration.ofMinutes(10))),
                bench.provider("one", ways -> ways.channels(Channel.BANK)));
        Payout first = request("p1", 1_000, new Recipient.BankAccount("CRDB", "0150-123 ab", "Asha"));

        assertThat(refusal("p2", 1_000, new Recipient.BankAccount("CRDB", "0150123AB", "Asha")))
                .isEqualTo(new PayoutRefusal.DuplicatePayout(first.key(), Duration.ofMinutes(10)));
        request("p3", 1_001, new Recipient.BankAccount("CRDB", "01 50-123AB", "Asha"));
        assertThat(refusal("p4", 1_002, new Recipient.BankAccount("CRDB", "0150123ab", "Asha"))
                        .code())
                .isEqualTo("PAYOUT_LIMIT");
    }

    @Test
    void what_fails_or_is_called_off_counts_no_more() {
        engine(
                limits(PayoutLimit.amount(Subject.WALLET, Span.DAY, tzs(5_000))),
                bench.provider("one").onSend(rejected(FailureReason.DECLINED), succeeded("r1")));
        Payout fails = request("p1", 5_000, ASHA);
        bench.run();
        assertThat(bench.find(fails).status()).isEqualTo(PayoutStatus.FAILED);

        Payout cancelled = request("p2", 5_000, ASHA);
        bench.payouts().cancel(cancelled.id());
        bench.payouts().cancel(cancelled.id());

        Payout paid = request("p3", 5_000, ASHA);
        bench.run();
        assertThat(bench.find(paid).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(refusal("p4", 1).code()).isEqualTo("PAYOUT_LIMIT");
    }

    @Test
    void what_is_called_off_the_next_day_is_given_back_to_the_month_alone() {
        engine(limits(
                PayoutLimit.amount(Subject.WALLET, Span.DAY, tzs(4_000)),
                PayoutLimit.amount(Subject.WALLET, Span.MONTH, tzs(7_000))));
        Payout first = request("p1", 4_000, ASHA);
        bench.clock.move(Duration.ofDays(1));
        request("p2", 3_000, ASHA);

        bench.payouts().cancel(first.id());

        assertThat(refusal("p3", 1_001).message()).contains("in a day");
        request("p4", 1_000, ASHA);
        bench.clock.move(Duration.ofDays(1));
        assertThat(refusal("p5", 3_001).message()).contains("in a month");
        bench.assertBooks();
    }

    @Test
    void what_the_ledger_refuses_uses_up_no_limit_of_those_requested_with_it() {
        engine(limits(PayoutLimit.count(Subject.RECIPIENT, Span.DAY, TZS, 1)));

        List<RequestResult> results = bench.payouts()
                .requestAll(
                        List.of(aRequest("poor", 90_000, ASHA), aRequest("p1", 1_000, ASHA), aRequest("p2", 1, ASHA)));

        assertThat(results.get(0)).isInstanceOf(RequestResult.RefusedByLedger.class);
        assertThat(results.get(1)).isInstanceOf(RequestResult.Requested.class);
        assertThat(results.get(2))
                .isInstanceOfSatisfying(
                        RequestResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("PAYOUT_LIMIT"));
        bench.assertBooks();
    }

    @Test
    void the_same_again_under_another_key_is_refused_for_a_while() {
        engine(
                PayoutLimits.NONE.duplicatesWithin(Duration.ofMinutes(10)),
                bench.provider("one").onSend(rejected(FailureReason.DECLINED)));
        Payout first = request("p1", 1_000, ASHA);

        assertThat(refusal("p2", 1_000))
                .isEqualTo(new PayoutRefusal.DuplicatePayout(first.key(), Duration.ofMinutes(10)));
        assertThat(request("p1", 1_000, ASHA).id()).isEqualTo(first.id());
        request("p3", 1_001, ASHA);
        request("p4", 1_000, JUMA);
        bench.run();
        assertThat(bench.find(first).status()).isEqualTo(PayoutStatus.FAILED);
        request("p5", 1_000, ASHA);
        bench.clock.move(Duration.ofMinutes(10));
        request("p6", 1_000, ASHA);
    }

    @Test
    void sixty_four_threads_never_exceed_a_limit() throws Exception {
        engine(limits(
                PayoutLimit.count(Subject.RECIPIENT, Span.DAY, TZS, 10),
                PayoutLimit.amount(Subject.WALLET, Span.MONTH, tzs(700))));
        PayoutEngine other = bench.newEngine(
                builder -> builder.limits(limits(
                        PayoutLimit.count(Subject.RECIPIENT, Span.DAY, TZS, 10),
                        PayoutLimit.amount(Subject.WALLET, Span.MONTH, tzs(700)))),
                bench.provider("one"));
        new Wallets(bench.ledger).fund("alice", tzs(1_000_000), "more");
        AtomicInteger taken = new AtomicInteger();
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            PayoutRequest request = aRequest("p" + i, 100, i % 2 == 0 ? ASHA : JUMA);
            boolean isHere = i % 4 < 2;
            work.add(() -> {
                try {
                    (isHere ? bench.payouts() : other.payouts()).request(request);
                    taken.incrementAndGet();
                } catch (PayoutRefusedException refused) {
                    assertThat(refused.refusal().code()).isEqualTo("PAYOUT_LIMIT");
                }
                return request;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(taken.get()).isEqualTo(7);
        bench.assertBooks();
    }

    @Test
    void limits_that_limit_nothing_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PayoutLimit.count(Subject.PAYOUT, Span.DAY, TZS, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> PayoutLimits.NONE.minimums(List.of(tzs(1), tzs(2))));
        assertThatIllegalArgumentException().isThrownBy(() -> PayoutLimits.NONE.duplicatesWithin(Duration.ZERO));
    }

    private static PayoutLimits limits(PayoutLimit... limits) {
        return PayoutLimits.NONE.limits(List.of(limits));
    }

    private void engine(PayoutLimits limits) {
        engine(limits, bench.provider("one"));
    }

    private void engine(PayoutLimits limits, ScriptedProvider provider) {
        bench.engine(builder -> builder.limits(limits).fees(List.of()), provider);
    }

    private static PayoutRequest aRequest(String key, long amount, Recipient recipient) {
        return PayoutRequest.of(key, ALICE, tzs(amount), recipient).via("one");
    }

    private Payout request(String key, long amount, Recipient recipient) {
        return bench.payouts().request(aRequest(key, amount, recipient));
    }

    private PayoutRefusal refusal(String key, long amount) {
        return refusal(key, amount, ASHA);
    }

    private PayoutRefusal refusal(String key, long amount, Recipient recipient) {
        return Refusals.refusal(() -> request(key, amount, recipient));
    }
}
