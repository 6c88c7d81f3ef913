package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payer;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutSend;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What one sees at a glance of payouts. */
class PayoutTableTest {

    private static final Currency TZS = Currency.of("TZS");
    private static final Money NOTHING = Money.zero(TZS);
    private static final Instant EARLY = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant LATER = EARLY.plusSeconds(60);
    private static final Instant LAST = EARLY.plusSeconds(120);

    @Test
    void a_payout_is_in_doubt_since_the_first_send_of_which_it_is_not_known_what_became() {
        String table = table(
                PayoutStatus.UNKNOWN,
                attempt(1, AttemptState.FAILED, send(1, EARLY, Outcome.Code.REJECTED)),
                attempt(
                        2,
                        AttemptState.OPEN,
                        send(1, LATER, Outcome.Code.NOT_SENT),
                        send(2, LAST, Outcome.Code.UNKNOWN)));

        assertThat(table).contains(LAST.toString()).doesNotContain(EARLY.toString(), LATER.toString());
    }

    @Test
    void a_payout_of_which_nothing_is_out_is_not_in_doubt() {
        String table =
                table(PayoutStatus.SENDING, attempt(1, AttemptState.FAILED, send(1, EARLY, Outcome.Code.UNKNOWN)));

        assertThat(table).doesNotContain(EARLY.toString());
    }

    @Test
    void who_sees_a_payout_in_review_is_told_how_it_leaves_it() {
        String table = table(PayoutStatus.REVIEW, attempt(1, AttemptState.OPEN, send(1, EARLY, Outcome.Code.UNKNOWN)));

        assertThat(table).contains("holdfast payout resolve KEY", "holdfast payout confirm KEY", EARLY.toString());
    }

    @Test
    void a_payout_is_shown_by_its_owner_and_to_the_second() {
        String table = table(
                PayoutStatus.UNKNOWN,
                attempt(1, AttemptState.OPEN, send(1, EARLY.plusNanos(123_456_000), Outcome.Code.UNKNOWN)));

        assertThat(table)
                .startsWith("KEY  STATUS   WALLET       AMOUNT   FEE  RECIPIENT   PROVIDER  UPDATED\n"
                        + "p1   UNKNOWN  alice   TZS 5000.00  0.00  +255***678  one       1970-01-01T00:00:00Z\n"
                        + "    in doubt since 2026-03-02T08:00:00Z\n");
    }

    @Test
    void where_nothing_is_in_doubt_nothing_is_said_of_it() {
        assertThat(table(
                        PayoutStatus.SUCCEEDED,
                        attempt(1, AttemptState.SETTLED, send(1, EARLY, Outcome.Code.SUCCEEDED))))
                .startsWith("KEY  STATUS     WALLET       AMOUNT   FEE  RECIPIENT   PROVIDER  UPDATED\n")
                .doesNotContain("in doubt");
    }

    @Test
    void a_payout_shows_why_the_route_before_was_left_and_when_it_ended() {
        Payout payout = payout(
                PayoutStatus.SUCCEEDED, attempt(1, AttemptState.SETTLED, send(1, EARLY, Outcome.Code.SUCCEEDED)));

        assertThat(PayoutDocument.text(payout))
                .contains("\nattempt 1  one, SETTLED, sent 1x: SUCCEEDED\nfailover   other: DECLINED (no reason)\n")
                .endsWith("\nupdated    1970-01-01T00:00:00Z\ncompleted  2026-03-02T08:02:00Z\n");
    }

    private static String table(PayoutStatus status, PayoutAttempt... attempts) {
        Payout payout = payout(status, attempts);
        return PayoutTable.of(List.of(payout)).toString() + PayoutTable.summary(Map.of(status, 1L), 0);
    }

    private static Payout payout(PayoutStatus status, PayoutAttempt... attempts) {
        return new Payout(
                new UUID(0, 1),
                Key.of("p1"),
                status,
                Wallets.account("alice", TZS),
                Money.of(TZS, "5000"),
                NOTHING,
                Payer.SENDER,
                Optional.empty(),
                NOTHING,
                Recipient.MobileMoney.of("+255712345678"),
                Optional.empty(),
                "",
                List.of("one"),
                List.of(attempts),
                Optional.empty(),
                Optional.of("other: DECLINED (no reason)"),
                false,
                Optional.empty(),
                new UUID(0, 2),
                List.of(new UUID(0, 2)),
                "host",
                0,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.of(LAST),
                Map.of());
    }

    private static PayoutAttempt attempt(int number, AttemptState state, PayoutSend... sends) {
        return new PayoutAttempt(
                number,
                "one",
                "k" + number,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOTHING,
                List.of(sends));
    }

    private static PayoutSend send(int number, Instant at, Outcome.Code outcome) {
        return new PayoutSend(number, at, Optional.of(outcome), Optional.of(at));
    }
}
