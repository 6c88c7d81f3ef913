package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.nkwa.NkwaSettings;
import io.holdfast.provider.snippe.SnippeSettings;
import io.holdfast.provider.wistfare.WistfareSettings;
import io.holdfast.provider.zopay.ZopaySettings;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sections of the configuration, provider by provider. */
class ProviderSectionsTest {

    static Stream<SimulatorKind> played() {
        return SimulatorKind.ALL.stream();
    }

    @Test
    void every_provider_that_can_be_configured_can_be_played() {
        assertThat(SimulatorKind.ALL.stream().map(SimulatorKind::name))
                .containsExactlyElementsOf(
                        ProviderKind.ALL.stream().map(ProviderKind::name).toList());
    }

    @ParameterizedTest
    @MethodSource("played")
    void the_section_that_sandbox_start_prints_reaches_the_played_provider(SimulatorKind kind) {
        SimulatorKind.Played played = kind.player()
                .play(SimulatorSettings.with(Clock.systemUTC()), Optional.of(URI.create("http://127.0.0.1:1/hooks")));
        try (Simulator simulator = played.simulator()) {
            PayoutProvider provider = adapter(kind.yaml(played));

            assertThat(simulator.requests()).isEmpty();
            assertThat(provider.name()).isEqualTo(kind.name());
            assertPaysWhatItsSectionSays(kind.yaml(played));
            if (provider.capabilities().has(Feature.BALANCE)) {
                Currency currency = provider.capabilities().currencies().get(0).currency();
                assertThat(provider.balance(currency)).isInstanceOf(Answer.Told.class);
            }
        }
    }

    @Test
    void rohopay_is_told_scales_and_who_bears_the_fee() {
        String begin = "rohopay: {base-url: \"http://127.0.0.1:1\", api-key: live_1, ";
        PayoutProvider provider = adapter(begin + "callback-url: \"https://example.com/h\", "
                + "wire-scale: {UGX: 0, KES: 2}, fee-mode: deducted}");

        assertThat(provider.capabilities().feeMode()).isEqualTo(FeeMode.DEDUCTED);
        assertThat(provider.capabilities().wire(Currency.of("KES")).map(WireCurrency::scale))
                .contains(2);
        assertThat(provider.capabilities().wire(Currency.of("UGX")).flatMap(WireCurrency::minimum))
                .isPresent();
        wrong(begin + "fee-mode: maybe}", "fee-mode \"maybe\" is neither on-top");
        wrong(begin + "wire-scale: {UGX: 3}}", "A wire scale of 3 for UGX");
        wrong(begin + "wire-scale: {XAF: 0}}", "RohoPay pays in UGX, KES, TZS and RWF only, not in XAF");
        wrong(begin + "callback-url: \"http://example.com/h\"}", "is not https");
        wrong("rohopay: {base-url: \"https://x\", api-key: key}", "begins neither with live_ nor with test_");
    }

    @Test
    void nkwa_is_told_how_often_it_may_be_called() {
        String begin = "nkwa: {base-url: \"http://127.0.0.1:1\", api-key: k, ";

        assertThat(adapter(begin + "requests-per-minute: 30}").capabilities().rateLimit())
                .contains(new RateLimit(30, Duration.ofMinutes(1)));
        wrong(begin + "requests-per-minute: 0}", "A rate of 0 calls");
    }

    @Test
    void a_url_that_is_none_is_told_of_without_what_may_be_secret_in_it() {
        for (String url : List.of("https://user:s3cret@my_host", "https://user:s3 cret@host", "https://[s3cret@host")) {
            assertThatThrownBy(() -> adapter("nkwa: {base-url: \"" + url + "\", api-key: k}"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageStartingWith("f, line 2")
                    .hasMessageContaining("such as https://api.example.com")
                    .hasMessageNotContaining("s3");
        }
    }

    @Test
    void nkwa_is_told_how_its_calls_are_signed() {
        String begin = "nkwa: {base-url: \"http://127.0.0.1:1\", api-key: k, ";
        String key = io.holdfast.sandbox.nkwa.NkwaSettings.account().publicKey();
        PayoutProvider provider = adapter(begin + "callback-url: \"https://example.com/h\", public-key: \"" + key
                + "\", callback-headers: {signature: X-Sig, timestamp: Date}, callback-timestamps: http-date, "
                + "callback-separator: \".\", reference-fields: [externalRef]}");

        assertThat(provider.capabilities().has(Feature.WEBHOOK_SIGNED)).isTrue();
        assertThat(adapter("nkwa: {base-url: \"http://127.0.0.1:1\", api-key: k}")
                        .capabilities()
                        .has(Feature.WEBHOOK_UNSIGNED))
                .isTrue();
        assertThat(adapter(begin + "callback-url: none, public-key: \"" + key + "\"}")
                        .capabilities()
                        .has(Feature.WEBHOOK_SIGNED))
                .isTrue();
        wrong(begin + "public-key: abc}", "callback-url is missing");
        wrong(begin + "public-key: abc, callback-url: \"https://x/h\"}", "is no RSA key");
        wrong(
                begin + "callback-url: \"https://x/h\", public-key: \"" + key + "\", callback-timestamps: days}",
                "\"days\" is none of seconds");
    }

    @Test
    void wistfare_is_told_its_wallet_and_what_is_known_of_the_rest() {
        String begin = "wistfare: {base-url: \"http://127.0.0.1:1\", api-key: k, business-id: biz_1, ";
        PayoutProvider provider = adapter(
                begin + "wallet-id: wal_1, wire-case: snake, phone-form: with-plus, fee-mode: deducted, "
                        + "reference-idempotent-for: 1h, reversal-refunds-fee: on, fee-question: on, webhook-secret: s}");

        assertThat(provider.capabilities().feeMode()).isEqualTo(FeeMode.DEDUCTED);
        assertThat(provider.capabilities().resend().window()).hasHours(1);
        assertThat(provider.capabilities().has(Feature.FEE)).isTrue();
        assertThat(adapter(begin + "wallet-id: w}").capabilities().resend().isPossible())
                .isFalse();
        wrong(begin + "fee-mode: on-top}", "key \"wallet-id\" is missing");
        wrong(begin + "wallet-id: w, phone-form: dots}", "phone-form \"dots\" is neither digits");
        wrong(begin + "wallet-id: w, wire-case: kebab}", "wire-case \"kebab\" is neither camel");
        wrong(begin + "wallet-id: \"w w\"}", "Wistfare's wallet id \"w w\"");
    }

    @Test
    void snippe_is_told_what_its_documents_leave_open() {
        String begin = "snippe: {base-url: \"http://127.0.0.1:1\", api-key: k, ";
        PayoutProvider provider = adapter(begin + "api-version: none, unnamed-recipient: Somebody, "
                + "reversal-refunds-fee: on, key-length-max: 24, maximum: {TZS: 3000000}}");

        assertThat(provider.capabilities().keyFormat()).isEqualTo(new KeyFormat.Text(24));
        assertThat(provider.capabilities().wire(Currency.of("TZS")))
                .contains(WireCurrency.of(Currency.of("TZS"), 0)
                        .minimum(Money.parse("TZS 5000"))
                        .maximum(Money.parse("TZS 3000000")));
        wrong(begin + "key-length-max: 10}", "Snippe's longest key of 10");
        wrong(begin + "api-version: \"1 2\"}", "Snippe's API version \"1 2\"");
    }

    @Test
    void every_provider_may_be_told_limits_that_its_documents_leave_open() {
        for (SimulatorKind kind : SimulatorKind.ALL) {
            SimulatorKind.Played played =
                    kind.player().play(SimulatorSettings.with(Clock.systemUTC()), Optional.empty());
            try (Simulator simulator = played.simulator()) {
                String section = kind.yaml(played);
                Currency currency =
                        adapter(section).capabilities().currencies().get(0).currency();

                WireCurrency limited = adapter(
                                with(section, "minimum: {" + currency + ": 7000}, maximum: {" + currency + ": 9000}"))
                        .capabilities()
                        .wire(currency)
                        .orElseThrow();

                assertThat(simulator.requests()).isEmpty();
                assertThat(limited.minimum()).contains(Money.of(currency, "7000"));
                assertThat(limited.maximum()).contains(Money.of(currency, "9000"));
                wrong(with(section, "maximum: {USD: 9000}"), "USD");
            }
        }
    }

    /** Adds keys to a section, before the brace that ends it. */
    private static String with(String section, String keys) {
        int end = section.lastIndexOf('}');
        return section.substring(0, end) + ", " + keys + section.substring(end);
    }

    @Test
    void what_a_section_does_not_say_is_as_the_adapter_has_it() {
        String begin = "{base-url: \"http://127.0.0.1:1\", api-key: k";

        assertThat(currencies("snippe: " + begin + ", wire-scale: {TZS: 2}}"))
                .containsExactly(SnippeSettings.builder("k").build().shilling().scale(2));
        assertThat(currencies("nkwa: " + begin + "}"))
                .containsExactly(NkwaSettings.builder("k").build().franc());
        assertThat(currencies("zopay: " + begin + ", secret: s, origin: o}"))
                .containsExactly(ZopaySettings.builder("k", "s", "o").build().franc());
        assertThat(currencies("wistfare: " + begin + ", business-id: b, wallet-id: w}"))
                .containsExactly(WistfareSettings.builder("k", "b", "w").build().franc());
    }

    @Test
    void what_rohopay_pays_beside_its_first_two_is_what_it_is_told_scales_of() {
        String section = "rohopay: {base-url: \"http://127.0.0.1:1\", api-key: live_1, wire-scale: {KES: 2, UGX: 0}}";

        assertThat(configuration(section).currencies("rohopay")).containsExactly("UGX", "RWF", "KES");
        assertPaysWhatItsSectionSays(section);
    }

    private static void assertPaysWhatItsSectionSays(String section) {
        PayoutProvider provider = adapter(section);
        assertThat(configuration(section).currencies(provider.name()))
                .containsExactlyInAnyOrderElementsOf(provider.capabilities().currencies().stream()
                        .map(wire -> wire.currency().code())
                        .toList());
    }

    private static List<WireCurrency> currencies(String section) {
        return adapter(section).capabilities().currencies();
    }

    @Test
    void zopay_is_told_how_to_sign() {
        String begin = "zopay: {base-url: \"http://127.0.0.1:1\", api-key: k, secret: s, ";
        PayoutProvider provider = adapter(begin + "origin: \"https://example.com\", header-prefix: x-zito-, "
                + "signed-query: decoded, quote-life: 10m, webhook-secret: w, "
                + "webhook-signature-header: X-Webhook-Signature, webhook-timestamp-header: X-Zito-Timestamp}");

        assertThat(provider.capabilities().has(Feature.PREPARATION)).isTrue();
        wrong(begin + "header-prefix: x-zo-}", "key \"origin\" is missing");
        wrong(begin + "origin: o, header-prefix: XZO}", "is not of the form x-zo-");
        wrong(begin + "origin: o, signed-query: twice}", "signed-query \"twice\" is neither as-sent");
        wrong(begin + "origin: o, quote-life: 16m}", "A quote's life of PT16M");
    }

    private static PayoutProvider adapter(String section) {
        return configuration(section).adapters(Map.of()).get(0);
    }

    private static Configuration configuration(String section) {
        return Configuration.read("f", "providers:\n  " + section + "\n");
    }

    private static void wrong(String section, String message) {
        assertThatThrownBy(() -> adapter(section))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("f, line 2")
                .hasMessageContaining(message);
    }
}
