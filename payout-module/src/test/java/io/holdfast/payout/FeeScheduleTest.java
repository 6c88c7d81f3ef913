package io.holdfast.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeeScheduleTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Currency TZS = Currency.of("TZS");

    @Test
    void a_fixed_fee_is_always_the_same() {
        FeeSchedule schedule = FeeSchedule.fixed(Money.parse("TZS 1500"));

        assertThat(schedule.feeFor(Money.parse("TZS 1"))).isEqualTo(Money.parse("TZS 1500"));
        assertThat(schedule.feeFor(Money.parse("TZS 900000"))).isEqualTo(Money.parse("TZS 1500"));
    }

    @Test
    void a_percentage_is_rounded_half_up_to_the_currencys_decimals() {
        FeeSchedule schedule = FeeSchedule.percent(UGX, new BigDecimal("1.0"));

        assertThat(schedule.feeFor(Money.parse("UGX 5049"))).isEqualTo(Money.parse("UGX 50"));
        assertThat(schedule.feeFor(Money.parse("UGX 5050"))).isEqualTo(Money.parse("UGX 51"));
    }

    @Test
    void minimum_and_maximum_hold_for_the_whole_fee() {
        FeeSchedule schedule = FeeSchedule.percent(UGX, BigDecimal.ONE)
                .plus(Money.parse("UGX 100"))
                .minimum(Money.parse("UGX 500"))
                .maximum(Money.parse("UGX 10000"));

        assertThat(schedule.feeFor(Money.parse("UGX 1000"))).isEqualTo(Money.parse("UGX 500"));
        assertThat(schedule.feeFor(Money.parse("UGX 100000"))).isEqualTo(Money.parse("UGX 1100"));
        assertThat(schedule.feeFor(Money.parse("UGX 99000000"))).isEqualTo(Money.parse("UGX 10000"));
    }

    @Test
    void fixed_parts_add_up() {
        FeeSchedule schedule = FeeSchedule.fixed(Money.parse("UGX 100"))
                .plus(Money.parse("UGX 50"))
                .plus(Money.parse("UGX 7"));

        assertThat(schedule.feeFor(Money.parse("UGX 1000"))).isEqualTo(Money.parse("UGX 157"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.plus(Money.parse("UGX -50")))
                .withMessageContaining("UGX -50");
    }

    @Test
    void rounding_can_be_coarser_than_the_currency() {
        FeeSchedule schedule = FeeSchedule.percent(TZS, new BigDecimal("0.75")).rounded(0, RoundingMode.UP);

        assertThat(schedule.feeFor(Money.parse("TZS 1001.00"))).isEqualTo(Money.parse("TZS 8.00"));
    }

    @Test
    void what_makes_no_sense_is_refused_with_the_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeeSchedule.percent(UGX, new BigDecimal("100.1")))
                .withMessageContaining("100.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeeSchedule.percent(UGX, new BigDecimal("-1")))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeeSchedule.fixed(Money.parse("UGX -5")))
                .withMessageContaining("-5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeeSchedule.fixed(Money.parse("UGX 5")).minimum(Money.parse("TZS 1")))
                .withMessageContaining("TZS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeeSchedule.fixed(Money.parse("UGX 5"))
                        .minimum(Money.parse("UGX 9"))
                        .maximum(Money.parse("UGX 8")))
                .withMessageContaining("9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeeSchedule.percent(UGX, BigDecimal.ONE).rounded(2, RoundingMode.UP))
                .withMessageContaining("2");
    }

    @Test
    void a_bracket_charges_the_whole_amount_by_one_tier() {
        FeeSchedule schedule = tiered(FeeTiers.bracket());

        assertThat(schedule.feeFor(Money.parse("UGX 1000"))).isEqualTo(Money.parse("UGX 100"));
        assertThat(schedule.feeFor(Money.parse("UGX 1001"))).isEqualTo(Money.parse("UGX 20"));
        assertThat(schedule.feeFor(Money.parse("UGX 10000"))).isEqualTo(Money.parse("UGX 200"));
        assertThat(schedule.feeFor(Money.parse("UGX 20000"))).isEqualTo(Money.parse("UGX 250"));
    }

    @Test
    void graduated_tiers_charge_each_part_by_its_own_and_round_once() {
        FeeSchedule schedule = tiered(FeeTiers.graduated());

        assertThat(schedule.feeFor(Money.parse("UGX 1000"))).isEqualTo(Money.parse("UGX 100"));
        assertThat(schedule.feeFor(Money.parse("UGX 1001"))).isEqualTo(Money.parse("UGX 100"));
        assertThat(schedule.feeFor(Money.parse("UGX 10000"))).isEqualTo(Money.parse("UGX 280"));
        assertThat(schedule.feeFor(Money.parse("UGX 20025"))).isEqualTo(Money.parse("UGX 430"));
    }

    @Test
    void tiers_that_have_no_end_or_do_not_grow_are_refused() {
        FeeTiers.Tier open = tier(Optional.empty(), "UGX 0", "1");
        FeeTiers.Tier low = tier(Optional.of("UGX 1000"), "UGX 0", "1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeeTiers(FeeTiers.Mode.BRACKET, List.of(low)))
                .withMessageContaining("the last has no end");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeeTiers(FeeTiers.Mode.BRACKET, List.of(low, low, open)))
                .withMessageContaining("ends grow");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeeSchedule.fixed(Money.parse("TZS 1"))
                        .tiers(new FeeTiers(FeeTiers.Mode.BRACKET, List.of(open))));
    }

    private static FeeSchedule tiered(FeeTiers.Builder tiers) {
        return FeeSchedule.percent(UGX, BigDecimal.ZERO)
                .tiers(tiers.upTo(Money.parse("UGX 1000"), Money.parse("UGX 100"), BigDecimal.ZERO)
                        .upTo(Money.parse("UGX 10000"), Money.parse("UGX 0"), new BigDecimal("2"))
                        .rest(Money.parse("UGX 50"), BigDecimal.ONE));
    }

    private static FeeTiers.Tier tier(Optional<String> upTo, String fixed, String percent) {
        return new FeeTiers.Tier(upTo.map(Money::parse), Money.parse(fixed), new BigDecimal(percent));
    }
}
