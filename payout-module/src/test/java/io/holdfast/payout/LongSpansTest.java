package io.holdfast.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A span that no time could be reckoned with is refused where it is given, not when the time comes. */
class LongSpansTest {

    private static final Duration LONGEST = Duration.ofDays(3_650);

    private static Stream<Arguments> places() {
        return Stream.of(
                place("lease", Processing.DEFAULTS.resendMargin(LONGEST)::lease),
                place("polls", span -> Processing.DEFAULTS.polls(List.of(Duration.ofSeconds(5), span))),
                place("reviewAfter", Processing.DEFAULTS::reviewAfter),
                place("pollsAfterEnd", span -> Processing.DEFAULTS.pollsAfterEnd(List.of(Duration.ofDays(1), span))),
                place("resendMargin", Processing.DEFAULTS::resendMargin),
                place("approvals", ApprovalPolicy.NONE::within),
                place("duplicatesWithin", PayoutLimits.NONE::duplicatesWithin),
                place("breaker's pause", span -> new CircuitBreaker(5, span, span)),
                place("breaker's longest pause", span -> new CircuitBreaker(5, Duration.ofSeconds(1), span)),
                place("resends", Resend::within),
                place("rate", span -> new RateLimit(1, span)),
                place("worker", span -> new PayoutWorker(limit -> 0, 1, span, failed -> {})));
    }

    private static Arguments place(String name, Function<Duration, Object> give) {
        return Arguments.of(name, give);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void a_span_of_more_than_3650_days_is_refused(String name, Function<Duration, Object> give) {
        for (Duration endless : List.of(
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofMillis(Long.MAX_VALUE),
                LONGEST.plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> give.apply(endless))
                    .withMessageContaining(endless.toString());
        }
        for (Duration negative : List.of(Duration.ofSeconds(Long.MIN_VALUE), Duration.ofNanos(-1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> give.apply(negative));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void a_span_of_a_day_is_taken(String name, Function<Duration, Object> give) {
        assertThat(give.apply(name.equals("pollsAfterEnd") ? Duration.ofDays(2) : Duration.ofDays(1)))
                .isNotNull();
    }
}
