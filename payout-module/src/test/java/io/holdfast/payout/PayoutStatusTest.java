package io.holdfast.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PayoutStatusTest {

    @Test
    void in_doubt_is_what_may_have_been_paid_without_anybody_knowing() {
        assertThat(Stream.of(PayoutStatus.values()).filter(PayoutStatus::isInDoubt))
                .containsExactly(PayoutStatus.SENDING, PayoutStatus.UNKNOWN, PayoutStatus.REVIEW);
    }

    @Test
    void what_has_ended_holds_nothing_and_all_else_does() {
        assertThat(PayoutStatus.values())
                .allSatisfy(status -> assertThat(status.hasEnded()).isNotEqualTo(status.isHolding()));
    }
}
