package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.NOON;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.dataSource;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Wallets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accounts, wallets and the ledger's own currencies. */
class AccountsTest {

    private static final Currency USDC = Currency.of("USDC", 6);
    private static final Currency ETH = Currency.of("ETH", 18);

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();

    @Test
    void opening_again_on_the_same_terms_is_a_no_op_and_on_others_is_refused() {
        AccountTerms terms =
                AccountTerms.of("liabilities:x", UGX).minimum(ugx(0)).maximum(ugx(10));
        Account account = ledger.open(terms);

        assertThat(ledger.open(terms)).isEqualTo(account);
        assertThat(refusal(() -> ledger.open(AccountTerms.of(account))))
                .isEqualTo(new Refusal.AccountExists(account, List.of("minimum", "maximum")));
        assertThat(refusal(() -> ledger.open(terms.maximum(ugx(11)))))
                .isEqualTo(new Refusal.AccountExists(account, List.of("maximum")));
        assertThat(ledger.account(account)).contains(new AccountState(terms, false, false, false, NOON));
    }

    @Test
    void many_who_open_one_account_at_once_open_it_once() throws Exception {
        AccountTerms terms = AccountTerms.of("liabilities:x", UGX).minimum(ugx(0));

        assertThat(Threads.race(16, i -> ledger.open(terms))).containsOnly(terms.account());
        assertThat(scene.number(
                        "select count(*) from holdfast.account where ledger_id = %d and path = 'liabilities:x'"))
                .isEqualTo(1);
    }

    @Test
    void many_who_open_one_account_on_different_terms_agree_on_one_of_them() throws Exception {
        Account account = Account.of("liabilities:x", UGX);

        List<String> outcomes = Threads.race(8, i -> {
            try {
                ledger.open(AccountTerms.of(account).minimum(ugx(i)));
                return "opened";
            } catch (io.holdfast.ledger.RefusedException refused) {
                return refused.refusal().code();
            }
        });

        assertThat(outcomes).containsOnlyOnce("opened").contains("ACCOUNT_EXISTS");
    }

    @Test
    void accounts_are_listed_by_path_and_currency() {
        ledger.add(USDC);
        ledger.open(AccountTerms.of("equity:b", UGX));
        ledger.open(AccountTerms.of("equity:a", USDC));
        ledger.open(AccountTerms.of("equity:a", UGX));

        assertThat(ledger.accounts(3, 2))
                .extracting(state -> state.account().toString())
                .containsExactly("equity:a UGX", "equity:a USDC", "equity:b UGX");
        assertThat(ledger.accountsAt("equity:a"))
                .containsExactly(Account.of("equity:a", UGX), Account.of("equity:a", USDC));
        assertThat(ledger.accountsAt("equity:none")).isEmpty();
        assertThatThrownBy(() -> ledger.accountsAt("nonsense")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.accounts(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_currency_of_the_ledgers_own_is_added_with_its_decimals_once_and_for_all() {
        ledger.add(USDC);
        ledger.add(USDC);
        ledger.add(UGX);

        assertThat(ledger.currency("USDC")).contains(USDC);
        assertThat(ledger.currency("UGX")).contains(UGX);
        assertThat(ledger.currency("ETH")).isEmpty();
        assertThat(ledger.currency("not a code")).isEmpty();
        assertThatThrownBy(() -> ledger.add(Currency.of("USDC", 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Currency USDC has 6 decimals in this ledger, not 2");
    }

    @Test
    void an_account_in_a_currency_that_the_ledger_does_not_know_is_not_opened() {
        assertThatThrownBy(() -> ledger.open(AccountTerms.of("equity:a", ETH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add it with its decimals first");
        ledger.add(USDC);
        assertThatThrownBy(() -> ledger.open(AccountTerms.of("equity:a", Currency.of("USDC", 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eighteen_decimals_and_38_digits_come_back_exactly() {
        ledger.add(ETH);
        ledger.open(AccountTerms.of("assets:cold", ETH));
        ledger.open(AccountTerms.of("equity:a", ETH));
        Money wei = Money.of(ETH, "99999999999999999999.999999999999999999");

        ledger.post(JournalEntry.of("k")
                .debit("assets:cold", wei)
                .credit("equity:a", wei)
                .build());

        assertThat(ledger.balance(Account.of("assets:cold", ETH)).total()).isEqualTo(wei);
        assertThat(ledger.entry(io.holdfast.ledger.EntryReference.of(io.holdfast.ledger.Key.of("k")))
                        .orElseThrow()
                        .postings()
                        .get(0)
                        .amount())
                .isEqualTo(wei);
        scene.assertSound();
    }

    @Test
    void a_posting_in_other_decimals_than_the_ledgers_finds_no_account() {
        ledger.add(USDC);
        ledger.open(AccountTerms.of("assets:a", USDC));
        ledger.open(AccountTerms.of("equity:a", USDC));
        Currency cents = Currency.of("USDC", 2);
        Money one = Money.ofMinor(cents, 1);

        assertThat(refusal(() -> ledger.post(JournalEntry.of("k")
                        .debit("assets:a", one)
                        .credit("equity:a", one)
                        .build())))
                .isEqualTo(new Refusal.AccountNotFound(Account.of("assets:a", cents)));
    }

    @Test
    void wallets_are_liabilities_with_a_floor_of_zero_funded_from_the_bank() {
        Wallets wallets = new Wallets(ledger);
        Account wallet = wallets.open("carol", UGX);

        wallets.fund("carol", ugx(500), "f1");
        wallets.fund("carol", ugx(50), "f2", "equity:grants");

        assertThat(wallet).isEqualTo(Account.of("liabilities:wallets:carol", UGX));
        assertThat(wallets.open("carol", UGX)).isEqualTo(wallet);
        assertThat(wallets.balance("carol", UGX).available()).isEqualTo(ugx(550));
        scene.assertBalance(Account.of("equity:grants", UGX), -50, 0);
    }

    @Test
    void each_ledger_has_its_own_accounts() {
        PostgresLedger elsewhere = TestLedger.open().ledger();
        Account here = ledger.open(AccountTerms.of("liabilities:here", UGX));

        assertThat(elsewhere.account(here)).isEmpty();
        assertThat(refusal(() -> elsewhere.balance(here))).isEqualTo(new Refusal.AccountNotFound(here));
    }

    @Test
    void names_of_ledgers_and_actors_that_cannot_be_kept_are_refused() {
        for (String name : List.of("", "Main", "-main", "a b", "a".repeat(64))) {
            assertThatThrownBy(
                            () -> PostgresLedger.over(dataSource()).ledger(name).build())
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String actor : List.of("", " ", "a\nb", "x".repeat(101), "half \ud83d", "\u0000")) {
            assertThatThrownBy(() -> ledger.as(actor)).as(actor).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> PostgresLedger.over(dataSource()).actor(actor))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> PostgresLedger.over(dataSource()).origin(actor))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
