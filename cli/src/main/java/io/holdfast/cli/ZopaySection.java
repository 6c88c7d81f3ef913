package io.holdfast.cli;

import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.provider.zopay.ZopayProvider;
import io.holdfast.provider.zopay.ZopaySettings;
import java.util.List;

/** What the configuration says of Zopay. */
final class ZopaySection {

    static final ProviderKind KIND = new ProviderKind(
            "zopay",
            List.of("base-url", "api-key", "secret", "origin"),
            List.of(
                    "header-prefix",
                    "signed-query",
                    "quote-life",
                    "webhook-secret",
                    "webhook-signature-header",
                    "webhook-timestamp-header"),
            section -> List.of("XAF"),
            ZopaySection::adapter);

    private ZopaySection() {}

    private static PayoutProvider adapter(ProviderSection.Values values) {
        ZopaySettings.Builder settings = ZopaySettings.builder(
                        values.text("api-key"), values.text("secret"), values.text("origin"))
                .baseUrl(values.url("base-url"));
        values.requestTimeout().ifPresent(settings::exchangeTimeout);
        settings.franc(values::limited);
        values.optionalText("header-prefix").ifPresent(settings::headerPrefix);
        values.node()
                .find("signed-query")
                .ifPresent(node -> settings.signedQuery(node.read(ZopaySection::signedQuery)));
        values.node().find("quote-life").ifPresent(node -> settings.quoteLife(node.duration()));
        values.optionalText("webhook-secret").ifPresent(secret -> settings.webhook(webhook(secret, values)));
        return new ZopayProvider(settings.build());
    }

    private static ZopaySettings.Webhook webhook(String secret, ProviderSection.Values values) {
        ZopaySettings.Webhook usual = ZopaySettings.Webhook.of(secret);
        ZopaySettings.Webhook signed = values.optionalText("webhook-signature-header")
                .map(usual::signedIn)
                .orElse(usual);
        return values.optionalText("webhook-timestamp-header")
                .map(signed::timedIn)
                .orElse(signed);
    }

    private static ZopaySettings.SignedQuery signedQuery(String word) {
        return switch (word) {
            case "as-sent" -> ZopaySettings.SignedQuery.AS_SENT;
            case "decoded" -> ZopaySettings.SignedQuery.DECODED;
            default ->
                throw new IllegalArgumentException(
                        "signed-query \"" + Excerpts.of(word, 40) + "\" is neither as-sent nor decoded");
        };
    }
}
