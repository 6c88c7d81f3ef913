package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.nkwa.NkwaCallback;
import io.holdfast.provider.nkwa.NkwaSettings;
import io.holdfast.provider.nkwa.PlayedNkwa;
import io.holdfast.provider.rohopay.RohoPaySettings;
import io.holdfast.provider.snippe.SnippeSettings;
import io.holdfast.provider.wistfare.WistfareSettings;
import io.holdfast.provider.zopay.ZopaySettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a provider could not be paid through is refused when it is configured, with the value and the rule. */
class SettingsTest {

    private static final URI PLAIN = URI.create("http://api.example.com");
    private static final WireCurrency DOLLAR = WireCurrency.of(Currency.of("USD"), 2);

    private static DynamicTest refused(String message, ThrowingCallable settings) {
        return dynamicTest(
                message,
                () -> assertThatIllegalArgumentException().isThrownBy(settings).withMessageContaining(message));
    }

    @TestFactory
    Stream<DynamicTest> of_nkwa() {
        URI url = URI.create("https://example.com/nkwa");
        NkwaCallback callback = NkwaCallback.of(url, PlayedNkwa.publicKey());
        return Stream.of(
                refused("Nkwa's base URL", () -> nkwa().baseUrl(PLAIN).build()),
                refused("XAF only, not in USD", () -> nkwa().franc(DOLLAR).build()),
                refused(
                        "field \"amount\"",
                        () -> nkwa().referenceFields(Set.of("amount")).build()),
                refused(
                        "field \"a b\"",
                        () -> nkwa().referenceFields(Set.of("a b")).build()),
                refused("callback URL", () -> NkwaCallback.of(PLAIN, PlayedNkwa.publicKey())),
                refused("header \"X Sig\"", () -> callback.headers("X Sig", "X-Timestamp")),
                refused("header \"\"", () -> callback.headers("X-Sig", "")),
                refused("no RSA key", () -> NkwaCallback.of(url, "AAAA")),
                refused("API key is empty", () -> NkwaSettings.builder("")));
    }

    private static NkwaSettings.Builder nkwa() {
        return NkwaSettings.builder("key");
    }

    @TestFactory
    Stream<DynamicTest> of_snippe() {
        return Stream.of(
                refused("Snippe's base URL", () -> snippe().baseUrl(PLAIN).build()),
                refused("TZS only, not in USD", () -> snippe().shilling(DOLLAR).build()),
                refused("path prefix \"v1/\"", () -> snippe().pathPrefix("v1/").build()),
                refused(
                        "version \"a b\"",
                        () -> snippe().apiVersion(Optional.of("a b")).build()),
                refused(
                        "operators [mtn]",
                        () -> snippe().operators(Set.of("mtn")).build()),
                refused(
                        "name for recipients",
                        () -> snippe().unnamedRecipient(" ").build()),
                refused("longest key of 19", () -> snippe().keyLengthMax(19).build()),
                refused(
                        "501 characters",
                        () -> snippe().webhookUrl(URI.create("https://example.com/" + "x".repeat(481)))
                                .build()));
    }

    private static SnippeSettings.Builder snippe() {
        return SnippeSettings.builder("key");
    }

    @TestFactory
    Stream<DynamicTest> of_zopay() {
        return Stream.of(
                refused("Zopay's base URL", () -> zopay().baseUrl(PLAIN).build()),
                refused("XAF only, not in USD", () -> zopay().franc(DOLLAR).build()),
                refused(
                        "header prefix \"X Zo\"",
                        () -> zopay().headerPrefix("X Zo").build()),
                refused(
                        "life of PT15M1S",
                        () -> zopay().quoteLife(Duration.ofSeconds(901)).build()),
                refused("life of PT0S", () -> zopay().quoteLife(Duration.ZERO).build()),
                refused(
                        "life of PT10S is over before an exchange of up to PT10S",
                        () -> zopay().quoteLife(Duration.ofSeconds(10)).build()),
                refused(
                        "origin \"a b\"",
                        () -> ZopaySettings.builder("key", "secret", "a b").build()),
                refused(
                        "header \"X Zo\"",
                        () -> new ZopaySettings.Webhook(Secret.of("secret", "s"), "X Zo", "X-Zo-Timestamp")));
    }

    private static ZopaySettings.Builder zopay() {
        return ZopaySettings.builder("key", "secret", "https://example.com");
    }

    @TestFactory
    Stream<DynamicTest> of_rohopay() {
        return Stream.of(
                refused("RohoPay's base URL", () -> rohopay().baseUrl(PLAIN).build()),
                refused("callback URL", () -> rohopay().callbackUrl(PLAIN).build()),
                refused(
                        "neither with live_",
                        () -> RohoPaySettings.builder("key").build()),
                refused("not in USD", () -> rohopay().currency(DOLLAR).build()),
                refused("wire scale of 3", () -> rohopay().wireScale(Currency.of("KES"), 3)));
    }

    private static RohoPaySettings.Builder rohopay() {
        return RohoPaySettings.builder("live_key");
    }

    @TestFactory
    Stream<DynamicTest> of_wistfare() {
        return Stream.of(
                refused(
                        "Wistfare's base URL",
                        () -> wistfare("w1").baseUrl(PLAIN).build()),
                refused(
                        "RWF only, not in USD",
                        () -> wistfare("w1").franc(DOLLAR).build()),
                refused("wallet id \"w 1\"", () -> wistfare("w 1").build()),
                refused(
                        "from zero to 3650 days",
                        () -> wistfare("w1")
                                .referenceIsIdempotentFor(Duration.ofHours(-1))
                                .build()),
                refused(
                        "from zero to 3650 days",
                        () -> wistfare("w1")
                                .referenceIsIdempotentFor(Duration.ofSeconds(Long.MAX_VALUE))
                                .build()));
    }

    private static WistfareSettings.Builder wistfare(String wallet) {
        return WistfareSettings.builder("key", "biz_1", wallet);
    }
}
