package io.holdfast.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Times that the database could not keep or look for are refused where they are given. */
class PayoutTimesTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final List<Instant> ABSURD =
            List.of(Instant.MIN, FIRST.minusNanos(1), LAST.plusNanos(1), Instant.MAX);

    private final PayoutRequest request = PayoutRequest.of(
            "p1", Wallets.account("alice", UGX), Money.ofMinor(UGX, 5_000), Recipient.MobileMoney.of("+256712345678"));

    @Test
    void a_payout_is_scheduled_for_the_years_1900_to_9999() {
        assertThat(request.notBefore(FIRST).notBefore()).contains(FIRST);
        assertThat(request.notBefore(LAST).notBefore()).contains(Instant.parse("9999-12-31T23:59:59.999999Z"));
        for (Instant absurd : ABSURD) {
            assertRefused(() -> request.notBefore(absurd), "Payout \"p1\" not before " + absurd);
        }
    }

    @Test
    void payouts_are_listed_of_the_years_1900_to_9999() {
        PayoutQuery all = PayoutQuery.FIRST_PAGE;

        assertThat(all.between(FIRST, LAST).to()).contains(LAST);
        for (Instant absurd : ABSURD) {
            assertRefused(() -> all.since(absurd), "Payouts requested from " + absurd);
            assertRefused(() -> all.until(absurd), "Payouts requested before " + absurd);
        }
    }

    @Test
    void a_provider_is_asked_for_a_list_of_the_years_1900_to_9999() {
        assertThat(new ListQuestion(FIRST, LAST, Optional.empty()).to()).isEqualTo(LAST);
        for (Instant absurd : List.of(Instant.MIN, FIRST.minusNanos(1))) {
            assertRefused(() -> new ListQuestion(absurd, LAST, Optional.empty()), "A list from " + absurd);
        }
        for (Instant absurd : List.of(Instant.MAX, LAST.plusNanos(1))) {
            assertRefused(() -> new ListQuestion(FIRST, absurd, Optional.empty()), "A list to " + absurd);
        }
    }

    @Test
    void spans_of_time_are_above_zero_and_end_in_the_years_that_can_be_kept() {
        Duration tooLong = Duration.ofDays(3_650).plusNanos(1);
        for (Duration absurd :
                List.of(Duration.ofNanos(-1), Duration.ZERO, tooLong, Duration.ofSeconds(Long.MAX_VALUE))) {
            List<ThrowingCallable> settings = List.of(
                    () -> ApprovalPolicy.NONE.within(absurd),
                    () -> PayoutLimits.NONE.duplicatesWithin(absurd),
                    () -> new CircuitBreaker(5, absurd, absurd),
                    () -> new CircuitBreaker(5, Duration.ofSeconds(1), absurd),
                    () -> Processing.DEFAULTS.lease(absurd),
                    () -> Processing.DEFAULTS.polls(List.of(absurd)),
                    () -> Processing.DEFAULTS.reviewAfter(absurd),
                    () -> Processing.DEFAULTS.pollsAfterEnd(List.of(absurd)),
                    () -> Processing.DEFAULTS.resendMargin(absurd));
            assertThat(settings)
                    .allSatisfy(setting -> assertThatIllegalArgumentException()
                            .isThrownBy(setting)
                            .withMessageEndingWith(
                                    " of " + absurd + ": a span of time is above zero and at most 3650 days"));
        }
        assertThat(ApprovalPolicy.NONE.within(Duration.ofDays(3_650)).within()).isEqualTo(Duration.ofDays(3_650));
    }

    private static void assertRefused(ThrowingCallable asking, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(asking)
                .withMessage(message + ": times lie in the years 1900 to 9999");
    }
}
