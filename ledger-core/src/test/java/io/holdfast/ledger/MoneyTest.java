package io.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Money is exact, or it is refused. */
class MoneyTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Currency USD = Currency.of("USD");
    private static final Currency ETH = Currency.of("ETH", 18);
    private static final BigInteger MOST = BigInteger.TEN.pow(Money.DIGITS_MAX).subtract(BigInteger.ONE);

    @Test
    void thirty_eight_digits_are_kept_and_thirty_nine_are_refused() {
        Money most = Money.ofMinor(UGX, MOST);
        Money least = Money.ofMinor(UGX, MOST.negate());

        assertThat(most.minor()).isEqualTo(MOST);
        assertThat(least.negate()).isEqualTo(most);
        assertThatThrownBy(() -> Money.ofMinor(UGX, MOST.add(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("An amount of UGX has more than 38 digits");
        assertThatThrownBy(() -> Money.ofMinor(UGX, MOST.negate().subtract(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_sum_or_difference_beyond_38_digits_is_refused() {
        Money most = Money.ofMinor(UGX, MOST);
        Money one = Money.ofMinor(UGX, 1);

        assertThat(most.minus(one).plus(one)).isEqualTo(most);
        assertThatThrownBy(() -> most.plus(one)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> most.negate().minus(one)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_doubles_and_longs_cannot_hold_is_exact() {
        Money cents = Money.of(USD, "0.10").plus(Money.of(USD, "0.20"));
        Money beyond53Bits = Money.ofMinor(UGX, (1L << 53) + 1);
        Money wei = Money.of(ETH, "12345678901234567890.123456789012345678");

        assertThat(cents).isEqualTo(Money.of(USD, "0.30"));
        assertThat(beyond53Bits.toPlainString()).isEqualTo("9007199254740993");
        assertThat(wei.minor()).isEqualTo(new BigInteger("12345678901234567890123456789012345678"));
        assertThat(wei.toPlainString()).isEqualTo("12345678901234567890.123456789012345678");
    }

    @Test
    void fewer_decimals_than_the_currency_has_are_filled_up() {
        assertThat(Money.of(USD, "5").toPlainString()).isEqualTo("5.00");
        assertThat(Money.of(USD, "5.1").minor()).isEqualTo(BigInteger.valueOf(510));
        assertThat(Money.of(USD, "-0.50").minor()).isEqualTo(BigInteger.valueOf(-50));
        assertThat(Money.of(UGX, "1000.00")).isEqualTo(Money.ofMinor(UGX, 1_000));
    }

    @Test
    void more_decimals_than_the_currency_has_are_refused_and_never_rounded() {
        assertThatThrownBy(() -> Money.of(USD, "0.001"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Amount 0.001 has more decimals than USD has: 2");
        assertThatThrownBy(() -> Money.of(UGX, new BigDecimal("0.5"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of(ETH, "0.0000000000000000001")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_absurd_scale_is_refused_at_once() {
        assertThatThrownBy(() -> Money.of(USD, new BigDecimal(BigInteger.ONE, 2_000_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more decimals");
        assertThatThrownBy(() -> Money.of(USD, new BigDecimal(BigInteger.ONE, -2_000_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("38 digits");
        assertThat(Money.of(USD, new BigDecimal(BigInteger.ZERO, 2_000_000_000)))
                .isEqualTo(Money.zero(USD));
    }

    @Test
    void text_that_is_no_plain_decimal_is_refused_with_the_text() {
        List<String> wrong = List.of(
                "",
                " ",
                "1e3",
                "1E3",
                "+1",
                "1,000",
                "1_000",
                ".5",
                "5.",
                "--1",
                "0x10",
                "NaN",
                "Infinity",
                "1 ",
                " 1",
                "1\n",
                "١٢٣",
                "1.2.3",
                "-");

        for (String text : wrong) {
            assertThatThrownBy(() -> Money.of(USD, text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a plain decimal number such as 5000.00");
        }
        assertThatThrownBy(() -> Money.of(USD, "9".repeat(10_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void parse_reads_what_to_string_writes() {
        List<Money> amounts = List.of(
                Money.ofMinor(UGX, 25_000), Money.ofMinor(USD, -1), Money.zero(USD), Money.ofMinor(UGX, MOST.negate()));

        for (Money amount : amounts) {
            assertThat(Money.parse(amount.toString())).isEqualTo(amount);
        }
    }

    @Test
    void parse_refuses_what_is_no_currency_and_amount() {
        List<String> wrong =
                List.of("", "5000", "TZS", "TZS5000", "TZS  5000", "tzs 5000", "5000 TZS", "TZS 5,000", "TZS 5000\n");

        for (String text : wrong) {
            assertThatThrownBy(() -> Money.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a currency and an amount such as \"TZS 5000.00\"");
        }
        assertThatThrownBy(() -> Money.parse("USDC 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not in ISO 4217");
        assertThatThrownBy(() -> Money.parse("TZS 0.005")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amounts_of_different_currencies_do_not_meet() {
        Money shillings = Money.ofMinor(UGX, 1);
        Money cents = Money.ofMinor(USD, 1);

        assertThatThrownBy(() -> shillings.plus(cents))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("UGX 1 and USD 0.01 are of different currencies");
        assertThatThrownBy(() -> shillings.minus(cents)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shillings.compareTo(cents)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> Money.ofMinor(Currency.of("USDC", 6), 1).plus(Money.ofMinor(Currency.of("USDC", 2), 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_does_not_divide_goes_to_the_largest_remainders_the_earlier_first() {
        Money hundred = Money.ofMinor(USD, 100);

        assertThat(hundred.allocate(List.of(1, 1, 1)))
                .extracting(Money::minor)
                .map(BigInteger::intValue)
                .containsExactly(34, 33, 33);
        assertThat(hundred.allocate(List.of(1, 0, 2)))
                .extracting(Money::minor)
                .map(BigInteger::intValue)
                .containsExactly(33, 0, 67);
        assertThat(hundred.negate().allocate(List.of(1, 1, 1)))
                .extracting(Money::minor)
                .map(BigInteger::intValue)
                .containsExactly(-34, -33, -33);
        assertThat(Money.ofMinor(USD, 2).allocate(List.of(1, 1, 1, 1)))
                .extracting(Money::minor)
                .map(BigInteger::intValue)
                .containsExactly(1, 1, 0, 0);
    }

    @Test
    void the_parts_of_any_allocation_add_up_again() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            Money amount = Money.ofMinor(UGX, new BigInteger(random.nextInt(126), random));
            Money signed = random.nextBoolean() ? amount : amount.negate();
            List<Integer> weights = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                weights.add(random.nextInt(4) == 0 ? 0 : random.nextInt(Integer.MAX_VALUE));
            }
            weights.add(1 + random.nextInt(1_000));

            List<Money> parts = signed.allocate(weights);

            assertThat(parts).hasSameSizeAs(weights);
            assertThat(parts.stream().reduce(Money.zero(UGX), Money::plus)).isEqualTo(signed);
            for (int i = 0; i < parts.size(); i++) {
                assertThat(weights.get(i) == 0 && !parts.get(i).isZero()).isFalse();
                assertThat(parts.get(i).minor().signum() * signed.minor().signum())
                        .isNotNegative();
            }
        }
    }

    @Test
    void weights_that_cannot_split_are_refused() {
        Money amount = Money.ofMinor(UGX, 10);

        for (List<Integer> weights : List.of(List.<Integer>of(), List.of(0, 0), List.of(3, -1))) {
            assertThatThrownBy(() -> amount.allocate(weights))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(weights.toString());
        }
    }
}
