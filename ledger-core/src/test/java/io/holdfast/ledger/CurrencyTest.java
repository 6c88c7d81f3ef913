package io.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurrencyTest {

    @Test
    void iso_4217_says_how_many_decimals_its_currencies_have() {
        assertThat(Currency.of("UGX").exponent()).isZero();
        assertThat(Currency.of("TZS").exponent()).isEqualTo(2);
        assertThat(Currency.of("BHD").exponent()).isEqualTo(3);
        assertThatThrownBy(() -> Currency.of("UGX", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Currency UGX has 0 decimals by ISO 4217, not 2");
    }

    @Test
    void a_currency_of_ones_own_needs_its_decimals() {
        assertThat(Currency.of("USDC", 6).exponent()).isEqualTo(6);
        assertThat(Currency.of("ETH", 18).exponent()).isEqualTo(18);
        assertThatThrownBy(() -> Currency.of("USDC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not in ISO 4217");
    }

    @Test
    void metals_and_test_codes_of_iso_4217_have_no_minor_unit_and_are_not_money_by_themselves() {
        assertThat(Currency.isIso("XAU")).isFalse();
        assertThat(Currency.isIso("XXX")).isFalse();
        assertThat(Currency.of("XAU", 4).exponent()).isEqualTo(4);
    }

    @Test
    void malformed_codes_and_exponents_out_of_range_are_refused() {
        for (String code : List.of("", "U", "usd", "Usd", "1UP", "U SD", "USD ", "ÜSD", "A".repeat(16), "US\n")) {
            assertThatThrownBy(() -> Currency.of(code, 2))
                    .as(code)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not 2 to 15 upper-case letters and digits beginning with a letter");
        }
        assertThatThrownBy(() -> Currency.of("ABCD", 19)).hasMessageContaining("0 to 18 are possible");
        assertThatThrownBy(() -> Currency.of("ABCD", -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
