package io.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void books_are_asked_for_as_of_the_years_1900_to_9999() {
        LocalDate first = LocalDate.of(1900, 1, 1);
        Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");

        assertThat(AsOf.effective(first).recordedBy(last).recordedBy()).contains(last);
        for (LocalDate absurd : List.of(LocalDate.MIN, first.minusDays(1), LocalDate.of(10_000, 1, 1), LocalDate.MAX)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AsOf.effective(absurd))
                    .withMessage("Effective date " + absurd + ": dates lie in the years 1900 to 9999");
        }
        for (Instant absurd : List.of(Instant.MIN, last.plusNanos(1), Instant.MAX)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AsOf.EVERYTHING.recordedBy(absurd))
                    .withMessage("Recorded by " + absurd + ": times lie in the years 1900 to 9999");
        }
    }
}
