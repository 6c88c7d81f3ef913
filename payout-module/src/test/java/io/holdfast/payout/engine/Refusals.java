package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a rule of payouts has to say no to. */
final class Refusals {

    private Refusals() {}

    /** Makes a call that has to be refused, and returns which rule said no. */
    static PayoutRefusal refusal(ThrowingCallable call) {
        return assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(call)
                .actual()
                .refusal();
    }

    /** Asserts that a call is refused with this code. */
    static void assertRefused(String code, ThrowingCallable call) {
        assertThat(refusal(call).code()).isEqualTo(code);
    }
}
