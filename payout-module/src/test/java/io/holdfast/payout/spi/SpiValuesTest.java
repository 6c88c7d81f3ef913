package io.holdfast.payout.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SpiValuesTest {

    private static final Currency TZS = Currency.of("TZS");
    private static final UUID PAYOUT = UUID.fromString("0190a6f0-0000-7000-8000-000000000001");

    @Test
    void an_amount_goes_over_the_wire_in_the_providers_own_decimals_and_not_in_those_of_iso_4217() {
        WireCurrency wholeShillings = WireCurrency.of(TZS, 0);

        assertThat(wholeShillings.toWire(Money.parse("TZS 5000.00"))).isEqualTo(new BigDecimal("5000"));
        assertThat(wholeShillings.toWireUnits(Money.parse("TZS 5000.00"))).isEqualTo(BigInteger.valueOf(5000));
        assertThat(wholeShillings.minimum(Money.parse("TZS 5000")).scale(2))
                .isEqualTo(WireCurrency.of(wholeShillings.currency(), 2).minimum(Money.parse("TZS 5000")));
        assertThat(wholeShillings.fromWire(new BigDecimal("5000.00"))).isEqualTo(Money.parse("TZS 5000.00"));
        assertThat(WireCurrency.of(TZS, 2).toWireUnits(Money.parse("TZS 5000.00")))
                .isEqualTo(BigInteger.valueOf(500_000));
    }

    @Test
    void an_amount_that_the_wire_cannot_carry_is_objected_to_and_never_rounded() {
        WireCurrency wholeShillings = WireCurrency.of(TZS, 0).minimum(Money.parse("TZS 5000"));

        assertThat(wholeShillings.objection(Money.parse("TZS 5000.50"))).isPresent();
        assertThat(wholeShillings.objection(Money.parse("TZS 4999")))
                .hasValueSatisfying(why -> assertThat(why).contains("4999.00", "5000.00"));
        assertThat(wholeShillings.objection(Money.parse("TZS 5000"))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> wholeShillings.toWire(Money.parse("TZS 5000.50")));
    }

    @Test
    void an_attempt_has_the_same_key_for_ever_and_shares_it_with_no_other() {
        KeyFormat text = new KeyFormat.Text(30);

        assertThat(text.keyOf(PAYOUT, 1)).hasSize(30).isEqualTo(text.keyOf(PAYOUT, 1));
        assertThat(text.keyOf(PAYOUT, 2)).isNotEqualTo(text.keyOf(PAYOUT, 1));
        assertThat(new KeyFormat.Text(255).keyOf(PAYOUT, 1)).isEqualTo(text.keyOf(PAYOUT, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyFormat.Text(8));
    }

    @Test
    void a_uuid_key_says_that_it_is_of_version_4() {
        UUID key = UUID.fromString(new KeyFormat.Uuid().keyOf(PAYOUT, 1));

        assertThat(key.version()).isEqualTo(4);
        assertThat(key.variant()).isEqualTo(2);
    }

    @Test
    void a_phone_number_is_shown_masked_everywhere_but_in_its_component() {
        Recipient recipient = Recipient.MobileMoney.of("255712345678").named("Asha Juma");

        assertThat(recipient).hasToString("mobile money +255***678");
        assertThat(recipient.address()).isEqualTo("+255712345678");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipient.MobileMoney.of("0712345678"))
                .withMessageNotContaining("0712345678");
    }

    @Test
    void evidence_is_kept_without_the_recipients_number_and_name_however_they_are_written() {
        Recipient recipient = Recipient.MobileMoney.of("+255712345678").named("Asha Juma");
        Evidence evidence = Evidence.http(
                201,
                "{\"a\":\"255712345678\",\"b\":\"+255 712-345-678\",\"c\":\"0712345678\",\"d\":\"ASHA JUMA\",\"amount\":5000}");

        assertThat(evidence.masking(recipient).text())
                .doesNotContain("712345678", "712-345-678", "ASHA")
                .contains("HTTP 201", "\"amount\":5000");
    }

    @Test
    void an_echoed_number_is_the_recipients_whatever_its_punctuation() {
        Recipient recipient = Recipient.MobileMoney.of("+255712345678");

        assertThat(recipient.hasAddress("255712345678")).isTrue();
        assertThat(recipient.hasAddress("+255 712 345 678")).isTrue();
        assertThat(recipient.hasAddress("255712345679")).isFalse();
    }

    @Test
    void a_bank_account_has_one_spelling_however_it_was_written() {
        Recipient recipient = new Recipient.BankAccount("CRDB", "gb82-west 1234", "Asha Juma");

        assertThat(recipient).isEqualTo(new Recipient.BankAccount("CRDB", "GB82 WEST1234", "Asha Juma"));
        assertThat(recipient.address()).isEqualTo("GB82WEST1234");
        assertThat(recipient.hasAddress("gb82 west-1234")).isTrue();
        assertThat(recipient.hasAddress("GB82WEST1235")).isFalse();
        assertThat(Masking.mask("to gb82west-1234", recipient)).isEqualTo("to ***234");
        for (String number : List.of("0-1", "-015", "015-", "0150_1", "0".repeat(41))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Recipient.BankAccount("CRDB", number, "Asha Juma"))
                    .withMessageContaining("3 to 40 letters and digits");
        }
    }

    @Test
    void capabilities_name_what_cannot_be_paid() {
        Capabilities capabilities = Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Text(30))
                .channels(Channel.MOBILE_MONEY)
                .currencies(List.of(WireCurrency.of(TZS, 0)))
                .build();
        Recipient phone = Recipient.MobileMoney.of("+255712345678");
        Recipient bank = new Recipient.BankAccount("CRDB", "0150123456", "Asha Juma");

        assertThat(capabilities.objection(Money.parse("TZS 5000"), phone)).isEmpty();
        assertThat(capabilities.objection(Money.parse("TZS 5000"), bank).map(Objection::reason))
                .contains(FailureReason.INVALID_RECIPIENT);
        assertThat(capabilities.objection(Money.parse("UGX 5000"), phone).map(Objection::reason))
                .contains(FailureReason.AMOUNT_OUT_OF_RANGE);
        assertThat(capabilities.resend().isPossible()).isFalse();
        assertThat(capabilities.rateLimit()).isEqualTo(Optional.empty());
    }

    @Test
    void a_webhooks_headers_are_found_in_any_case_and_its_text_shows_none_of_it() {
        WebhookDelivery delivery = new WebhookDelivery(
                Map.of("X-Signature", "abc123"), "body".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);

        assertThat(delivery.header("x-signature")).contains("abc123");
        assertThat(delivery.header("x-other")).isEmpty();
        assertThat(delivery).hasToString("a webhook of 4 bytes at 1970-01-01T00:00:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookDelivery(Map.of("X-Ts", "1", "x-ts", "2"), new byte[0], Instant.EPOCH))
                .withMessageContaining("given twice");
    }

    @Test
    void a_webhooks_header_with_several_values_counts_as_absent() {
        WebhookDelivery delivery = WebhookDelivery.of(
                Map.of(
                        "X-Signature",
                        List.of("abc123"),
                        "Via",
                        List.of("a", "b"),
                        "X-Ts",
                        List.of("1"),
                        "x-ts",
                        List.of("2")),
                new byte[0],
                Instant.EPOCH);

        assertThat(delivery.header("x-signature")).contains("abc123");
        assertThat(delivery.header("via")).isEmpty();
        assertThat(delivery.header("x-ts")).isEmpty();
    }

    @Test
    void a_call_to_us_says_how_a_payout_stands_and_nothing_else() {
        Outcome none = new Outcome.NotFound(Evidence.NONE);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new WebhookNotice.Proven("d1", Optional.of("r1"), Optional.empty(), Particulars.NONE, none))
                .withMessageContaining("NOT_FOUND")
                .withMessageContaining("SUCCEEDED");
    }

    @Test
    void a_signed_call_has_references_that_can_be_kept_and_one_payout_that_it_is_about() {
        Outcome paid = new Outcome.Succeeded("r1", Particulars.NONE, Evidence.NONE);
        Outcome odd = Outcome.Unknown.of("odd");

        for (String malformed : List.of("", "r\0", "r\ud800", "r".repeat(5_000))) {
            assertRefused(Optional.of(malformed), Optional.empty(), odd, "Provider's reference");
            assertRefused(Optional.empty(), Optional.of(malformed), odd, "Our reference");
        }
        assertRefused(Optional.empty(), Optional.empty(), odd, "without any reference");
        assertRefused(Optional.of("other"), Optional.empty(), paid, "about \"other\" and says how \"r1\" stands");
        assertRefused(Optional.empty(), Optional.of("ours"), paid, "about none and says how \"r1\" stands");
        assertThat(new WebhookNotice.Proven("d1", Optional.of("r1"), Optional.empty(), Particulars.NONE, paid)
                        .reference())
                .contains("r1");
    }

    private static void assertRefused(
            Optional<String> reference, Optional<String> ours, Outcome outcome, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookNotice.Proven("d1", reference, ours, Particulars.NONE, outcome))
                .withMessageContaining(message);
    }

    @Test
    void a_wait_is_not_below_zero_and_a_day_at_most() {
        Optional<Duration> negative = Optional.of(Duration.ofSeconds(-1));
        Optional<Duration> endless = Optional.of(Duration.ofSeconds(Long.MAX_VALUE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preparation.Postponed(negative, "busy", Evidence.NONE))
                .withMessage("A wait of PT-1S is below zero");
        assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.NotExecuted(negative, "busy", Evidence.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Answer.Unavailable<>(negative, "busy"));
        assertThat(new Preparation.Postponed(endless, "busy", Evidence.NONE).retryAfter())
                .contains(Duration.ofDays(1));
        assertThat(new Answer.Unavailable<>(endless, "busy").retryAfter()).contains(Duration.ofDays(1));
    }

    @Test
    void a_rate_is_of_calls_in_a_millisecond_to_a_day() {
        for (Duration per : List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RateLimit(1, per))
                    .withMessage("A rate of 1 calls per " + per
                            + ": at least one call, in at least a millisecond and at most a day");
        }
        assertThat(new RateLimit(1, Duration.ofDays(1)).per()).isEqualTo(Duration.ofDays(1));
        assertThat(new RateLimit(1, Duration.ofMillis(1)).per()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void a_payout_in_a_list_has_a_reference_and_a_time_that_can_be_kept() {
        assertNotListed("", Instant.EPOCH, "is empty");
        assertNotListed("r\0", Instant.EPOCH, "control character");
        assertNotListed("r1", Instant.MAX, "1900 to 9999");
    }

    private static void assertNotListed(String reference, Instant at, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListedPayout(
                        reference,
                        Money.parse("TZS 5000"),
                        Optional.empty(),
                        at,
                        Optional.empty(),
                        Outcome.Unknown.of("on no table")))
                .withMessageContaining(message);
    }

    @Test
    void what_a_provider_says_can_be_kept_whatever_characters_it_has() {
        assertThat(new Outcome.Unknown("a\0b\ud800c", Evidence.of("\udc00")).detail())
                .isEqualTo("a?b?c");
        assertThat(Evidence.of("x".repeat(Evidence.TEXT_MAX + 1)).text())
                .hasSize(Evidence.TEXT_MAX)
                .endsWith("...");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outcome.Accepted("r\ud800", Particulars.NONE, Evidence.NONE));
    }

    @Test
    void a_short_account_number_is_masked_where_it_stands_alone() {
        Recipient recipient = new Recipient.BankAccount("CRDB", "150", "Asha Juma");

        assertThat(Evidence.of("account 150, amount 1500").masking(recipient).text())
                .isEqualTo("account ***, amount 1500");
    }
}
