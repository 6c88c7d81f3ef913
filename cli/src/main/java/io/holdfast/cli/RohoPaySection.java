package io.holdfast.cli;

import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.provider.rohopay.RohoPayProvider;
import io.holdfast.provider.rohopay.RohoPaySettings;
import java.util.List;

/** What the configuration says of RohoPay. */
final class RohoPaySection {

    static final ProviderKind KIND = new ProviderKind(
            "rohopay",
            List.of("base-url", "api-key"),
            List.of("webhook-secret", "callback-url", "wire-scale", "fee-mode"),
            RohoPaySection::adapter);

    private RohoPaySection() {}

    private static PayoutProvider adapter(ProviderSection.Values values) {
        RohoPaySettings.Builder settings =
                RohoPaySettings.builder(values.text("api-key")).baseUrl(values.url("base-url"));
        values.optionalText("webhook-secret").ifPresent(settings::webhookSecret);
        values.optionalUrl("callback-url").ifPresent(settings::callbackUrl);
        values.requestTimeout().ifPresent(settings::exchangeTimeout);
        values.feeMode().ifPresent(settings::feeMode);
        values.wireScales(settings::wireScale);
        settings.build().currencies().forEach(wire -> settings.currency(values.limited(wire)));
        return new RohoPayProvider(settings.build());
    }
}
