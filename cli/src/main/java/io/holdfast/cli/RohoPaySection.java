package io.holdfast.cli;

import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.provider.rohopay.RohoPayProvider;
import io.holdfast.provider.rohopay.RohoPaySettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the configuration says of RohoPay. */
final class RohoPaySection {

    static final ProviderKind KIND = new ProviderKind(
            "rohopay",
            List.of("base-url", "api-key"),
            List.of("webhook-secret", "callback-url", "wire-scale", "fee-mode"),
            RohoPaySection::currencies,
            RohoPaySection::adapter);

    private RohoPaySection() {}

    /** How it counts others than the first two is in no document: it pays them where the section says that. */
    private static List<String> currencies(YamlNode section) {
        Set<String> paid = new LinkedHashSet<>(List.of("UGX", "RWF"));
        section.find("wire-scale")
                .ifPresent(scales -> paid.addAll(scales.fields().keySet()));
        return List.copyOf(paid);
    }

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
