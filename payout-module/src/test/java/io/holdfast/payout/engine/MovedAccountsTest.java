package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.FeeShare;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.ReversedFee;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What was booked on one account ends there, though a host books on another by then: A 5,000, F 1,500 and P 100 of TZS. */
class MovedAccountsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String DEBTS = "assets:receivables:late-payouts:alice";
    private static final String LOSSES = "expenses:late-payout-losses";
    private static final PayoutAccounts MOVED = PayoutAccounts.DEFAULTS
            .withLatePayouts("assets:debtors:{owner}")
            .withLateLosses("expenses:bad-debts")
            .withSuspense("liabilities:unknown:{provider}")
            .withFees(new FeeShare("revenue:ours", 2), new FeeShare("liabilities:partner", 1));

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.REVERSALS));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_debt_is_collected_where_it_stands() {
        Payout payout = late();
        moved();
        new Wallets(bench.ledger).fund("alice", tzs(9_000), "more");

        bench.payouts().collect(payout.id(), Key.of("k1"));

        bench.assertTotal(DEBTS, 0);
        bench.assertTotal("assets:debtors:alice", 0);
        bench.assertWallet(4_500, 0);
        bench.assertBooks();
    }

    @Test
    void a_debt_is_given_up_where_it_stands() {
        Payout payout = late();
        moved();

        bench.payouts().writeOff(payout.id(), Key.of("k1"));

        bench.assertTotal(DEBTS, 0);
        bench.assertTotal("expenses:bad-debts", 4_500);
        bench.assertBooks();
    }

    @Test
    void what_comes_back_ends_the_debt_and_the_loss_where_they_stand() {
        Payout owing = late();
        moved();
        bench.apply(owing, 1, reversed("r1", 3_000, 0));
        bench.assertTotal(DEBTS, 1_500);
        bench.assertWallet(0, 0);
        bench.engine(one);
        bench.payouts().writeOff(owing.id(), Key.of("k1"));
        bench.assertTotal(LOSSES, 1_500);
        moved();

        bench.apply(owing, 1, reversed("r1", 5_000, 100));

        bench.assertTotal(LOSSES, 0);
        bench.assertTotal("expenses:bad-debts", 0);
        bench.assertTotal("assets:debtors:alice", 0);
        bench.assertWallet(2_000, 0);
        bench.assertBooks();
    }

    @Test
    void our_fee_comes_back_from_those_who_had_got_it() {
        bench.engine(builder -> builder.accounts(MOVED), one.onSend(succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.assertTotal("revenue:ours", 1_000);
        bench.assertTotal("liabilities:partner", 500);
        bench.engine(builder -> builder.reversedFee(ReversedFee.GIVEN_BACK), one);

        bench.apply(payout, 1, reversed("r1", 5_000, 100));

        bench.assertTotal("revenue:ours", 0);
        bench.assertTotal("liabilities:partner", 0);
        bench.assertTotal("revenue:payout-fees", 0);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void what_paid_the_recipient_leaves_suspense_where_it_stands() {
        one.onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")).onLookup(failed("r2"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.apply(payout, 1, succeeded("r1"));
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.assertTotal("liabilities:suspense:one", -5_100);
        bench.engine(
                builder -> builder.accounts(PayoutAccounts.DEFAULTS.withSuspense("liabilities:unknown:{provider}")),
                one);

        bench.payouts()
                .as("alice")
                .resolve(
                        payout.id(),
                        Resolution.succeeded("Two payments, one failed").reference("r1"));
        bench.payouts().as("bob").confirm(payout.id(), 1);

        bench.assertTotal("liabilities:suspense:one", 0);
        bench.assertTotal("liabilities:unknown:one", 0);
        bench.assertPaid(100);
        bench.assertBooks();
    }

    @Test
    void our_fee_comes_back_from_todays_account_where_that_of_those_who_had_got_it_is_closed() {
        bench.engine(builder -> builder.accounts(MOVED), one.onSend(succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.engine(builder -> builder.reversedFee(ReversedFee.GIVEN_BACK), one);
        close("revenue:ours", "revenue:payout-fees", Side.CREDIT, 1_000);

        bench.apply(payout, 1, reversed("r1", 5_000, 100));

        assertThat(bench.items()).isEmpty();
        bench.assertTotal("liabilities:partner", 0);
        bench.assertTotal("revenue:payout-fees", 0);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void a_debt_whose_account_is_closed_is_collected_where_debts_stand_today() {
        Payout payout = late();
        moved();
        close(DEBTS, "assets:debtors:alice", Side.DEBIT, 4_500);
        new Wallets(bench.ledger).fund("alice", tzs(1_000), "more");
        bench.payouts().collect(payout.id(), Key.of("k1"));
        bench.assertTotal("assets:debtors:alice", 3_500);
        new Wallets(bench.ledger).fund("alice", tzs(9_000), "most");

        bench.payouts().collect(payout.id(), Key.of("k2"));

        bench.assertTotal("assets:debtors:alice", 0);
        bench.assertWallet(5_500, 0);
        bench.assertBooks();
    }

    @Test
    void what_comes_back_ends_a_debt_and_a_loss_whose_accounts_are_closed_where_they_stand_today() {
        Payout owing = late();
        moved();
        close(DEBTS, "assets:debtors:alice", Side.DEBIT, 4_500);
        bench.apply(owing, 1, reversed("r1", 3_000, 0));
        bench.assertTotal("assets:debtors:alice", 1_500);
        bench.assertWallet(0, 0);
        bench.payouts().writeOff(owing.id(), Key.of("k1"));
        bench.assertTotal("assets:debtors:alice", 0);
        bench.assertTotal("expenses:bad-debts", 1_500);
        bench.engine(one);
        close("expenses:bad-debts", LOSSES, Side.DEBIT, 1_500);

        bench.apply(owing, 1, reversed("r1", 4_000, 0));
        bench.assertTotal(LOSSES, 500);
        bench.apply(owing, 1, reversed("r1", 5_000, 100));

        bench.assertTotal(LOSSES, 0);
        bench.assertTotal("assets:debtors:alice", 0);
        bench.assertWallet(2_000, 0);
        bench.assertBooks();
    }

    @Test
    void what_paid_the_recipient_leaves_todays_suspense_where_that_in_which_it_stood_is_closed() {
        one.onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")).onLookup(failed("r2"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.apply(payout, 1, succeeded("r1"));
        bench.runAfter(Duration.ofSeconds(5), payout);
        moved();
        close("liabilities:suspense:one", "liabilities:unknown:one", Side.DEBIT, 5_100);

        bench.resolve(payout, Resolution.succeeded("Two payments, one failed").reference("r1"));

        bench.assertTotal("liabilities:unknown:one", 0);
        bench.assertWallet(13_500, 0);
        bench.assertTotal("assets:providers:one:float", -5_100);
    }

    /** Moves what is on an account, which stands on this side of it, to another one, and closes it. */
    private void close(String path, String to, Side side, long total) {
        for (String needed : List.of(path, to)) {
            Account account = Account.of(needed, PayoutBench.TZS);
            if (bench.ledger.account(account).isEmpty()) {
                bench.ledger.open(AccountTerms.of(account));
            }
        }
        bench.ledger.post(new JournalEntry(
                Key.of("moved " + path),
                Details.NONE,
                List.of(Posting.of(path, side.opposite(), tzs(total)), Posting.of(to, side, tzs(total)))));
        bench.ledger.close(Account.of(path, PayoutBench.TZS));
    }

    private void moved() {
        bench.engine(builder -> builder.accounts(MOVED), one);
    }

    /** Returns a payout that succeeded late when the wallet had 2,000 of the 6,500 left. */
    private Payout late() {
        bench.engine(one.onSend(timeout(), failed("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.ledger.post(JournalEntry.of("spent")
                .debit(ALICE.path(), tzs(18_000))
                .credit("assets:bank:settlement", tzs(18_000))
                .build());
        one.onLookup(succeeded("r1"));
        Payout late = bench.runAfter(Duration.ofDays(1), payout);
        assertThat(late.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertTotal(DEBTS, 4_500);
        return late;
    }
}
