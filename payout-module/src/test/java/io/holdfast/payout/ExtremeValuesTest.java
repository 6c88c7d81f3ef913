package io.holdfast.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people and statements give that no database could keep is refused where it is given. */
class ExtremeValuesTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Money AMOUNT = Money.ofMinor(UGX, 5_000);
    private static final Resolution PAID = Resolution.succeeded("Statement, line 17");

    @Test
    void a_resolution_is_dated_in_the_years_1900_to_9999() {
        for (LocalDate absurd : List.of(LocalDate.MIN, LocalDate.MAX, LocalDate.of(1899, 12, 31))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PAID.on(absurd))
                    .withMessage("A resolution on " + absurd + ": dates lie in the years 1900 to 9999");
        }
        assertThat(PAID.on(LocalDate.of(1900, 1, 1)).on()).isPresent();
    }

    @Test
    void its_reference_and_evidence_have_whole_characters() {
        assertThatIllegalArgumentException().isThrownBy(() -> PAID.reference("r\ud800"));
        assertThatIllegalArgumentException().isThrownBy(() -> Resolution.failed("seen\ud800"));
    }

    @Test
    void its_fee_leaves_room_for_the_amount() {
        Money most = Money.ofMinor(UGX, BigInteger.TEN.pow(37).subtract(BigInteger.ONE));

        assertThat(PAID.fee(most).fee()).contains(most);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PAID.fee(Money.ofMinor(UGX, BigInteger.TEN.pow(37))))
                .withMessageContaining("37 digits");
    }

    @Test
    void a_statement_s_line_has_a_reference_that_can_be_kept() {
        for (String malformed : List.of("", "r\0", "r\n", "r\ud800", "r".repeat(201))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StatementLine.paid(malformed, AMOUNT))
                    .withMessageStartingWith("A statement's line of UGX 5000");
        }
        assertThat(StatementLine.paid("r".repeat(200), AMOUNT).reference()).hasSize(200);
    }
}
