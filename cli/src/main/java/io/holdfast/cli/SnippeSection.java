package io.holdfast.cli;

import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.snippe.SnippeProvider;
import io.holdfast.provider.snippe.SnippeSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What the configuration says of Snippe. */
final class SnippeSection {

    static final ProviderKind KIND = new ProviderKind(
            "snippe",
            List.of("base-url", "api-key"),
            List.of(
                    "webhook-secret",
                    "webhook-url",
                    "wire-scale",
                    "path-prefix",
                    "operators",
                    "api-version",
                    "unnamed-recipient",
                    "reversal-refunds-fee",
                    "key-length-max"),
            section -> List.of("TZS"),
            SnippeSection::adapter);

    private SnippeSection() {}

    private static PayoutProvider adapter(ProviderSection.Values values) {
        SnippeSettings.Builder settings =
                SnippeSettings.builder(values.text("api-key")).baseUrl(values.url("base-url"));
        values.optionalText("webhook-secret").ifPresent(settings::webhookSecret);
        values.optionalUrl("webhook-url").ifPresent(settings::webhookUrl);
        values.optionalText("path-prefix").ifPresent(settings::pathPrefix);
        values.requestTimeout().ifPresent(settings::exchangeTimeout);
        values.node()
                .find("operators")
                .ifPresent(operators -> settings.operators(new HashSet<>(
                        operators.items().stream().map(YamlNode::text).toList())));
        values.optionalText("unnamed-recipient").ifPresent(settings::unnamedRecipient);
        values.optionalText("api-version")
                .ifPresent(version -> settings.apiVersion(Optional.of(version).filter(text -> !text.equals("none"))));
        values.node().find("key-length-max").ifPresent(length -> settings.keyLengthMax(length.integer()));
        if (values.node().find("reversal-refunds-fee").map(YamlNode::isOn).orElse(false)) {
            settings.reversalRefundsFee();
        }
        values.node().find("wire-scale").ifPresent(scales -> settings.shilling(wire -> scaled(wire, scales)));
        return new SnippeProvider(settings.shilling(values::limited).build());
    }

    private static WireCurrency scaled(WireCurrency wire, YamlNode scales) {
        int scale = scales.get(wire.currency().code()).integer();
        scales.refuseOtherKeys();
        return scales.checked(() -> wire.scale(scale));
    }
}
