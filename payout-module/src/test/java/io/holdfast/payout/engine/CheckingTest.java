package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimit.Span;
import io.holdfast.payout.PayoutLimit.Subject;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.RequestResult;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of requests before anything is held. Alice has 20,000, and each payout of 5,000 takes 6,500. */
class CheckingTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Account BOB = Wallets.account("bob", TZS);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @BeforeEach
    void set() {
        bench.engine(bench.provider("one"));
    }

    @Test
    void a_wallet_has_too_little_from_that_request_on_by_which_the_sum_is_too_much() {
        List<String> told =
                check(of("a", ALICE, 5_000), of("b", ALICE, 5_000), of("c", ALICE, 10_000), of("d", ALICE, 5_000));

        assertThat(told).containsExactly("", "", "INSUFFICIENT_FUNDS", "");
        bench.assertWallet(20_000, 0);
        assertThat(bench.payouts()
                        .requestAll(List.of(of("a", ALICE, 5_000), of("b", ALICE, 5_000), of("c", ALICE, 10_000))))
                .last()
                .isInstanceOf(RequestResult.RefusedByLedger.class);
    }

    @Test
    void what_was_taken_down_before_takes_nothing_once_more() {
        bench.request("a");
        bench.request("b");

        assertThat(check(
                        bench.aRequest("a"),
                        bench.aRequest("b"),
                        bench.aRequest("c"),
                        bench.aRequest("c"),
                        of("d", ALICE, 5_000)))
                .containsExactly("", "", "", "", "INSUFFICIENT_FUNDS");
    }

    @Test
    void wallets_that_are_missing_closed_or_frozen_and_a_minimum_are_told() {
        assertThat(check(of("a", BOB, 5_000))).containsExactly("ACCOUNT_NOT_FOUND");
        new Wallets(bench.ledger).open("bob", TZS);
        assertThat(check(of("a", BOB, 5_000))).containsExactly("INSUFFICIENT_FUNDS");
        bench.ledger.close(BOB);
        assertThat(check(of("a", BOB, 5_000))).containsExactly("ACCOUNT_CLOSED");
        bench.ledger.limit(ALICE, terms -> terms.minimum(tzs(13_501)));
        assertThat(check(of("a", ALICE, 5_000))).containsExactly("INSUFFICIENT_FUNDS");
        bench.ledger.freeze(ALICE, Set.of(Side.DEBIT));
        assertThat(check(of("a", ALICE, 5_000))).containsExactly("ACCOUNT_FROZEN");
    }

    @Test
    void what_an_expired_hold_may_give_back_is_not_told_as_lacking() {
        bench.ledger.hold(HoldRequest.of(Key.of("h1"), ALICE, tzs(20_000))
                .expiresAt(bench.clock.instant().plusSeconds(60)));
        assertThat(check(of("a", ALICE, 5_000))).containsExactly("INSUFFICIENT_FUNDS");

        bench.clock.move(Duration.ofMinutes(2));

        assertThat(check(of("a", ALICE, 5_000))).containsExactly("");
    }

    @Test
    void limits_are_told_by_what_was_requested_before_and_what_the_list_adds() {
        limited(PayoutLimits.NONE.limits(List.of(
                PayoutLimit.amount(Subject.WALLET, Span.DAY, tzs(9_000)),
                PayoutLimit.count(Subject.RECIPIENT, Span.MONTH, TZS, 4))));
        PayoutRequest[] rows = {
            of("a", ALICE, 4_000),
            of("b", ALICE, 1_000),
            of("c", ALICE, 4_001),
            of("d", ALICE, 4_000),
            of("e", ALICE, 1)
        };

        assertThat(check(rows)).containsExactly("", "", "PAYOUT_LIMIT", "", "PAYOUT_LIMIT");
        bench.payouts().request(rows[0]);
        assertThat(check(rows)).as("a replay counts once").containsExactly("", "", "PAYOUT_LIMIT", "", "PAYOUT_LIMIT");
        assertThat(check(of("f", ALICE, 1), of("g", ALICE, 1), of("h", ALICE, 1), of("i", ALICE, 1)))
                .as("to one recipient")
                .containsExactly("", "", "", "PAYOUT_LIMIT");
        bench.assertWallet(14_500, 5_500);
    }

    @Test
    void what_the_wallet_lacks_uses_up_no_limit() {
        limited(PayoutLimits.NONE.limits(List.of(PayoutLimit.amount(Subject.WALLET, Span.MONTH, tzs(20_000)))));

        assertThat(check(of("a", ALICE, 19_000), of("b", ALICE, 5_000))).containsExactly("INSUFFICIENT_FUNDS", "");
    }

    @Test
    void limits_are_told_before_anybody_has_had_payouts_counted() {
        bench.request("a");
        limited(PayoutLimits.NONE.limits(List.of(PayoutLimit.count(Subject.WALLET, Span.DAY, TZS, 2))));

        assertThat(check(of("b", ALICE, 1_000), of("c", ALICE, 1_000))).containsExactly("", "PAYOUT_LIMIT");
    }

    @Test
    void the_same_payment_twice_is_told_by_the_list_and_by_what_was_requested() {
        limited(PayoutLimits.NONE.duplicatesWithin(Duration.ofMinutes(10)));
        assertThat(check(of("a", ALICE, 1_000), of("b", ALICE, 1_000), of("c", ALICE, 1_001)))
                .containsExactly("", "DUPLICATE_PAYOUT", "");
        bench.payouts().request(of("a", ALICE, 1_000));

        assertThat(check(of("b", ALICE, 1_000))).containsExactly("DUPLICATE_PAYOUT");
        bench.clock.move(Duration.ofMinutes(11));
        assertThat(check(of("b", ALICE, 1_000))).containsExactly("");
    }

    @Test
    void a_quote_of_a_payout_that_would_be_refused_is_not_told_as_used() {
        UUID quote = bench.payouts()
                .quote(QuoteRequest.of(ALICE, tzs(19_000), ASHA).via("one"))
                .id();

        assertThat(check(
                        of("a", ALICE, 19_000).quoted(quote),
                        of("b", ALICE, 19_000).quoted(quote)))
                .containsExactly("INSUFFICIENT_FUNDS", "INSUFFICIENT_FUNDS");
    }

    @Test
    void more_are_checked_at_once_than_are_taken_down() {
        List<PayoutRequest> many = IntStream.rangeClosed(1, Payouts.REQUESTS_MAX + 1)
                .mapToObj(number ->
                        PayoutRequest.of("k" + number, ALICE, tzs(1), ASHA).via("one"))
                .toList();

        List<Optional<RequestResult.NotRequested>> told = bench.payouts().check(many);

        assertThat(told).hasSize(many.size());
        assertThat(told.stream().takeWhile(Optional::isEmpty)).hasSize(13);
        assertThat(told).last().satisfies(last -> assertThat(last).isPresent());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> bench.payouts().check(Collections.nCopies(Payouts.CHECKS_MAX + 1, of("a", ALICE, 1))));
    }

    private void limited(PayoutLimits limits) {
        bench.engine(builder -> builder.limits(limits), bench.provider("one"));
    }

    private List<String> check(PayoutRequest... requests) {
        return bench.payouts().check(List.of(requests)).stream()
                .map(told -> told.map(refused -> refused.refusal().code()).orElse(""))
                .toList();
    }

    private static PayoutRequest of(String key, Account wallet, long amount) {
        return PayoutRequest.of(key, wallet, tzs(amount), ASHA).via("one");
    }
}
