package io.holdfast.provider.snippe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WireCurrency;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SnippeCreateTest {

    private static final Currency TZS = Currency.of("TZS");
    private static final UUID PAYOUT = UUID.fromString("0190a6f0-0000-7000-8000-000000000001");
    private static final Recipient ASHA =
            Recipient.MobileMoney.of("+255712345678").named("Asha Juma");

    private final SnippeProvider snippe =
            new SnippeProvider(SnippeSettings.builder("snp_test_key").build());

    @Test
    void a_mobile_create_carries_whole_shillings_bare_digits_and_our_ids() {
        CreateRequest request = create(snippe, "TZS 5000.00", ASHA, "Salary June");

        assertThat(request.method() + " " + request.path()).isEqualTo("POST /v1/payouts/send");
        assertThat(new String(request.body(), UTF_8))
                .isEqualTo("{\"amount\":5000,\"channel\":\"mobile\",\"recipient_phone\":\"255712345678\","
                        + "\"recipient_name\":\"Asha Juma\",\"narration\":\"Salary June\","
                        + "\"metadata\":{\"payout_id\":\"0190a6f0-0000-7000-8000-000000000001\","
                        + "\"attempt_id\":\"0190a6f0-0000-7000-8000-000000000001-1\"}}");
    }

    @Test
    void the_hosts_metadata_stands_behind_our_ids_and_cannot_take_their_place() {
        PayoutInstruction instruction = new PayoutInstruction(PAYOUT, 1, "key-1", Money.parse("TZS 5000"), ASHA, "")
                .metadata(
                        Map.of("payroll", "June \"24\"", "employee", "E-1", "attempt_id", "forged", "payout_id", "x"));

        assertThat(new String(snippe.create(instruction, Preparation.NOTHING).body(), UTF_8))
                .endsWith("\"metadata\":{\"payout_id\":\"0190a6f0-0000-7000-8000-000000000001\","
                        + "\"attempt_id\":\"0190a6f0-0000-7000-8000-000000000001-1\","
                        + "\"employee\":\"E-1\",\"payroll\":\"June \\\"24\\\"\"}}");
    }

    @Test
    void as_much_metadata_as_a_request_may_have_fits_into_a_create() {
        Map<String, String> most = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            most.put(i + "\u20ac".repeat(62), "\u20ac".repeat(500));
        }
        PayoutInstruction instruction =
                new PayoutInstruction(PAYOUT, 1, "key-1", Money.parse("TZS 5000"), ASHA, "").metadata(most);

        assertThat(snippe.create(instruction, Preparation.NOTHING).body()).hasSizeGreaterThan(80_000);
    }

    @Test
    void a_bank_create_names_bank_account_and_holder() {
        CreateRequest request =
                create(snippe, "TZS 250000", new Recipient.BankAccount("CRDB", "0150-388 221", "Asha \"A\" Juma"), "");

        assertThat(new String(request.body(), UTF_8))
                .isEqualTo("{\"amount\":250000,\"channel\":\"bank\",\"recipient_bank\":\"CRDB\","
                        + "\"recipient_account\":\"0150388221\",\"recipient_name\":\"Asha \\\"A\\\" Juma\","
                        + "\"metadata\":{\"payout_id\":\"0190a6f0-0000-7000-8000-000000000001\","
                        + "\"attempt_id\":\"0190a6f0-0000-7000-8000-000000000001-1\"}}");
    }

    @Test
    void a_create_is_the_same_to_the_byte_however_often_it_is_written() {
        assertThat(create(snippe, "TZS 5000", ASHA, "Salary")).isEqualTo(create(snippe, "TZS 5000.00", ASHA, "Salary"));
    }

    @Test
    void what_snippe_leaves_open_is_an_option() {
        SnippeProvider other = new SnippeProvider(SnippeSettings.builder("snp_test_key")
                .pathPrefix("/api/v1")
                .webhookUrl(URI.create("https://example.com/hooks/snippe"))
                .unnamedRecipient("Mteja")
                .shilling(WireCurrency.of(TZS, 2))
                .build());

        CreateRequest request = create(other, "TZS 5000.50", Recipient.MobileMoney.of("255712345678"), "");

        assertThat(request.path()).isEqualTo("/api/v1/payouts/send");
        assertThat(new String(request.body(), UTF_8))
                .contains("\"amount\":500050,", "\"recipient_name\":\"Mteja\"")
                .contains("\"webhook_url\":\"https://example.com/hooks/snippe\"");
    }

    @Test
    void an_amount_is_refused_rather_than_rounded_or_sent_below_the_minimum() {
        for (String amount : new String[] {"TZS 5000.50", "TZS 4999", "USD 5000"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> create(snippe, amount, ASHA, ""));
            assertThat(snippe.capabilities().objection(Money.parse(amount), ASHA))
                    .hasValueSatisfying(
                            objection -> assertThat(objection.reason()).isEqualTo(FailureReason.AMOUNT_OUT_OF_RANGE));
        }
        assertThat(snippe.capabilities().objection(Money.parse("TZS 5000.00"), ASHA))
                .isEmpty();
    }

    @Test
    void a_number_that_is_no_mobile_number_of_tanzania_is_objected_to_and_not_shown() {
        for (String phone : new String[] {"+255222123456", "+255000000000", "+2557123456", "+256712345678"}) {
            assertThat(snippe.objection(Money.parse("TZS 5000"), Recipient.MobileMoney.of(phone)))
                    .hasValueSatisfying(objection -> {
                        assertThat(objection.reason()).isEqualTo(FailureReason.INVALID_RECIPIENT);
                        assertThat(objection.detail()).contains("***").doesNotContain(phone.substring(1));
                    });
        }
        assertThat(snippe.objection(Money.parse("TZS 5000"), ASHA)).isEmpty();
        assertThat(snippe.objection(Money.parse("TZS 5000"), new Recipient.BankAccount("CRDB", "0150388221", "Asha")))
                .isEmpty();
    }

    @Test
    void an_operator_that_snippe_was_configured_without_is_objected_to_under_any_of_its_names() {
        SnippeProvider withoutMpesa = new SnippeProvider(SnippeSettings.builder("snp_test_key")
                .operators(Set.of("airtel", "mixx", "halotel"))
                .build());

        assertThat(withoutMpesa.objection(Money.parse("TZS 5000"), hinted("M-Pesa")))
                .isPresent();
        assertThat(withoutMpesa.objection(Money.parse("TZS 5000"), hinted("Vodacom")))
                .isPresent();
        assertThat(withoutMpesa.objection(Money.parse("TZS 5000"), hinted("Mixx by Yas")))
                .isEmpty();
        assertThat(withoutMpesa.objection(Money.parse("TZS 5000"), hinted("who knows")))
                .as("a hint that nobody understands is no reason to refuse")
                .isEmpty();
        assertThat(snippe.objection(Money.parse("TZS 5000"), hinted("mpesa"))).isEmpty();
    }

    @Test
    void the_capabilities_are_those_of_snippes_documents() {
        assertThat(snippe.name()).isEqualTo("snippe");
        assertThat(snippe.capabilities().channels()).containsExactlyInAnyOrder(Channel.MOBILE_MONEY, Channel.BANK);
        assertThat(snippe.capabilities().feeMode()).isEqualTo(FeeMode.ON_TOP);
        assertThat(snippe.capabilities().keyFormat().keyOf(PAYOUT, 1)).hasSizeLessThanOrEqualTo(30);
        assertThat(snippe.capabilities().resend()).isEqualTo(Resend.within(Duration.ofHours(24)));
        assertThat(snippe.capabilities().features())
                .containsExactlyInAnyOrder(
                        Feature.ECHOES_REFERENCE,
                        Feature.METADATA,
                        Feature.LIST,
                        Feature.FEE,
                        Feature.BALANCE,
                        Feature.REVERSALS,
                        Feature.WEBHOOK_SIGNED);
        assertThat(snippe.exchangeTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void settings_that_snippe_could_not_be_paid_through_are_refused_with_a_reason() {
        assertRefused(() -> SnippeSettings.builder(""), "API key is empty");
        assertRefused(() -> SnippeSettings.builder("snp_key with blanks"), "API key of 19 characters");
        assertRefused(
                () -> builder().baseUrl(URI.create("http://api.snippe.sh")).build(), "not https");
        assertRefused(() -> builder().pathPrefix("v1/").build(), "path prefix \"v1/\"");
        assertRefused(
                () -> builder()
                        .webhookUrl(URI.create("http://example.com/hook"))
                        .build(),
                "not https");
        assertRefused(
                () -> builder()
                        .webhookUrl(URI.create("https://example.com/" + "x".repeat(500)))
                        .build(),
                "520");
        assertRefused(() -> builder().apiVersion(Optional.of("a b")).build(), "API version \"a b\"");
        assertRefused(
                () -> builder().shilling(WireCurrency.of(Currency.of("UGX"), 0)).build(), "TZS only");
        assertRefused(() -> builder().operators(Set.of("ttcl")).build(), "[ttcl]");
        assertRefused(() -> builder().unnamedRecipient(" ").build(), "name for recipients");
        assertRefused(() -> builder().keyLengthMax(19).build(), "19 characters");
        assertRefused(
                () -> new SnippeProvider(
                        builder().exchangeTimeout(Duration.ZERO).build()),
                "PT0S");
    }

    @Test
    void secrets_are_shown_nowhere() {
        SnippeSettings settings = SnippeSettings.builder("snp_live_abcdef")
                .webhookSecret("whsec_abcdef")
                .build();

        assertThat(settings + " " + new SnippeProvider(settings)).doesNotContain("abcdef");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnippeSettings.builder("snp_live_abcdef\n"))
                .withMessageNotContaining("abcdef");
    }

    private static SnippeSettings.Builder builder() {
        return SnippeSettings.builder("snp_test_key");
    }

    private static void assertRefused(Runnable settings, String reason) {
        assertThatIllegalArgumentException().isThrownBy(settings::run).withMessageContaining(reason);
    }

    private static Recipient hinted(String operator) {
        return new Recipient.MobileMoney("+255754123456", "Asha", Optional.of(operator));
    }

    private static CreateRequest create(SnippeProvider to, String amount, Recipient recipient, String narration) {
        PayoutInstruction instruction =
                new PayoutInstruction(PAYOUT, 1, "key-1", Money.parse(amount), recipient, narration);
        return to.create(instruction, Preparation.NOTHING);
    }
}
