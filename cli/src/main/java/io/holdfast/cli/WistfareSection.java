package io.holdfast.cli;

import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.provider.wistfare.WistfareProvider;
import io.holdfast.provider.wistfare.WistfareSettings;
import java.util.List;
import java.util.Optional;

/** What the configuration says of Wistfare. */
final class WistfareSection {

    static final ProviderKind KIND = new ProviderKind(
            "wistfare",
            List.of("base-url", "api-key", "business-id", "wallet-id"),
            List.of(
                    "wire-case",
                    "phone-form",
                    "fee-mode",
                    "reference-idempotent-for",
                    "reversal-refunds-fee",
                    "fee-question",
                    "webhook-secret",
                    "webhook-secret-header"),
            section -> List.of("RWF"),
            WistfareSection::adapter);

    private WistfareSection() {}

    private static PayoutProvider adapter(ProviderSection.Values values) {
        WistfareSettings.Builder settings = WistfareSettings.builder(
                        values.text("api-key"), values.text("business-id"), values.text("wallet-id"))
                .baseUrl(values.url("base-url"));
        values.requestTimeout().ifPresent(settings::exchangeTimeout);
        values.feeMode().ifPresent(settings::feeMode);
        settings.franc(values::limited);
        values.node().find("phone-form").ifPresent(node -> settings.phoneForm(node.read(WistfareSection::phoneForm)));
        values.node().find("wire-case").ifPresent(node -> settings.wireCase(node.read(WistfareSection::wireCase)));
        values.node()
                .find("reference-idempotent-for")
                .ifPresent(node -> settings.referenceIsIdempotentFor(node.duration()));
        if (values.node().find("fee-question").map(YamlNode::isOn).orElse(false)) {
            settings.feeQuestion();
        }
        if (values.node().find("reversal-refunds-fee").map(YamlNode::isOn).orElse(false)) {
            settings.reversalRefundsFee();
        }
        Optional<String> header = values.optionalText("webhook-secret-header");
        values.optionalText("webhook-secret")
                .ifPresent(secret -> header.ifPresentOrElse(
                        name -> settings.webhookSecret(name, secret), () -> settings.webhookSecret(secret)));
        return new WistfareProvider(settings.build());
    }

    private static WistfareSettings.PhoneForm phoneForm(String word) {
        return switch (word) {
            case "digits" -> WistfareSettings.PhoneForm.DIGITS;
            case "with-plus" -> WistfareSettings.PhoneForm.WITH_PLUS;
            default ->
                throw new IllegalArgumentException("phone-form \"" + Excerpts.of(word, 40)
                        + "\" is neither digits (250788000000) nor with-plus (+250788000000)");
        };
    }

    private static WistfareSettings.WireCase wireCase(String word) {
        return switch (word) {
            case "camel" -> WistfareSettings.WireCase.CAMEL;
            case "snake" -> WistfareSettings.WireCase.SNAKE;
            default ->
                throw new IllegalArgumentException("wire-case \"" + Excerpts.of(word, 40)
                        + "\" is neither camel (businessId) nor snake (business_id)");
        };
    }
}
