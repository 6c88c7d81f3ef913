package io.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final Currency UGX = Currency.of("UGX");

    @Test
    void the_root_says_type_and_normal_side() {
        assertThat(Account.of("assets:bank", UGX).normalSide()).isEqualTo(Side.DEBIT);
        assertThat(Account.of("expenses:fees", UGX).normalSide()).isEqualTo(Side.DEBIT);
        assertThat(Account.of("liabilities:wallets:alice", UGX).normalSide()).isEqualTo(Side.CREDIT);
        assertThat(Account.of("equity:capital", UGX).normalSide()).isEqualTo(Side.CREDIT);
        assertThat(Account.of("revenue:fees", UGX).type()).isEqualTo(AccountType.REVENUE);
    }

    @Test
    void components_may_have_letters_digits_and_some_signs_after_the_first() {
        for (String path : List.of(
                "assets:a",
                "assets:7",
                "liabilities:wallets:+256".replace("+", ""),
                "assets:a_b.c@d/e-f",
                "assets:A:b:C:d")) {
            assertThat(Account.of(path, UGX).path()).isEqualTo(path);
        }
        assertThat(Account.of("assets:" + "a".repeat(Account.PATH_MAX - 7), UGX).path())
                .hasSize(Account.PATH_MAX);
    }

    @Test
    void malformed_paths_are_refused_with_path_and_rule() {
        for (String path : List.of(
                "assets:",
                "assets::a",
                ":assets",
                "assets:a:",
                "assets:-a",
                "assets:a b",
                "assets:a\n",
                "assets:é",
                "assets:a+b",
                "assets:_a",
                "assets:a\u0000")) {
            assertThatThrownBy(() -> Account.of(path, UGX)).as(path).isInstanceOf(IllegalArgumentException.class);
        }
        for (String root : List.of("", "Assets", "income", "asset", "assets ", " assets")) {
            assertThatThrownBy(() -> Account.of(root + ":a", UGX))
                    .as(root)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no root of an account path");
        }
        assertThatThrownBy(() -> Account.of("assets", UGX)).hasMessageContaining("is a root alone");
    }

    @Test
    void overlong_paths_are_refused_with_a_short_message() {
        String path = "assets:" + "a".repeat(10_000_000);

        assertThatThrownBy(() -> Account.of(path, UGX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000007 characters, at most 255 are possible")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void limits_are_of_the_accounts_currency_and_the_minimum_is_not_above_the_maximum() {
        AccountTerms terms = AccountTerms.of("assets:bank", UGX);
        Money ten = Money.ofMinor(UGX, 10);

        assertThat(terms.minimum(ten).maximum(ten).minimum()).contains(ten);
        assertThatThrownBy(() -> terms.minimum(Money.ofMinor(UGX, 11)).maximum(ten))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Account assets:bank UGX cannot have a minimum of UGX 11 above its maximum of UGX 10");
        assertThatThrownBy(() -> terms.minimum(Money.zero(Currency.of("USD"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the currencies differ");
        assertThatThrownBy(() -> terms.maximum(Money.zero(Currency.of("USD"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
