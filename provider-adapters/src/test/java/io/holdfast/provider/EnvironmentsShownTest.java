package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.provider.nkwa.NkwaProvider;
import io.holdfast.provider.nkwa.NkwaSettings;
import io.holdfast.provider.rohopay.RohoPayProvider;
import io.holdfast.provider.rohopay.RohoPaySettings;
import io.holdfast.provider.snippe.SnippeProvider;
import io.holdfast.provider.snippe.SnippeSettings;
import io.holdfast.provider.wistfare.WistfareProvider;
import io.holdfast.provider.wistfare.WistfareSettings;
import io.holdfast.provider.zopay.ZopayProvider;
import io.holdfast.provider.zopay.ZopaySettings;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether money is live or for tests, where a provider's documents say what shows it. */
class EnvironmentsShownTest {

    @Test
    void wistfares_key_shows_it() {
        assertThat(environment(wistfare("wf_live_1"))).contains(Environment.LIVE);
        assertThat(environment(wistfare("wf_test_1"))).contains(Environment.TEST);
        assertThat(environment(wistfare("wf_1"))).isEmpty();
    }

    @Test
    void rohopays_key_shows_it() {
        assertThat(environment(
                        new RohoPayProvider(RohoPaySettings.builder("live_1").build())))
                .contains(Environment.LIVE);
        assertThat(environment(
                        new RohoPayProvider(RohoPaySettings.builder("test_1").build())))
                .contains(Environment.TEST);
    }

    @Test
    void nkwas_documented_hosts_show_it() {
        assertThat(environment(nkwa("https://api.pay.mynkwa.com"))).contains(Environment.LIVE);
        assertThat(environment(nkwa("https://api.pay.staging.mynkwa.com"))).contains(Environment.TEST);
        assertThat(environment(nkwa("https://api.sandbox.pay.mynkwa.com"))).isEmpty();
    }

    @Test
    void snippes_and_zopays_keys_show_nothing() {
        assertThat(environment(
                        new SnippeProvider(SnippeSettings.builder("snp_test").build())))
                .isEmpty();
        assertThat(environment(new ZopayProvider(ZopaySettings.builder("test_key", "secret", "https://example.com")
                        .build())))
                .isEmpty();
    }

    private static PayoutProvider wistfare(String key) {
        return new WistfareProvider(
                WistfareSettings.builder(key, "biz_1", "wal_1").build());
    }

    private static PayoutProvider nkwa(String url) {
        return new NkwaProvider(
                NkwaSettings.builder("key").baseUrl(URI.create(url)).build());
    }

    private static Optional<Environment> environment(PayoutProvider provider) {
        return provider.capabilities().environment();
    }
}
