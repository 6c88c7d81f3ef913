package io.holdfast.cli;

import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.provider.nkwa.NkwaCallback;
import io.holdfast.provider.nkwa.NkwaProvider;
import io.holdfast.provider.nkwa.NkwaSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What the configuration says of Nkwa. */
final class NkwaSection {

    static final ProviderKind KIND = new ProviderKind(
            "nkwa",
            List.of("base-url", "api-key"),
            List.of(
                    "callback-url",
                    "public-key",
                    "callback-headers",
                    "callback-timestamps",
                    "callback-separator",
                    "reference-fields",
                    "requests-per-minute"),
            section -> List.of("XAF"),
            NkwaSection::adapter);

    private static final String NONE = "none";

    private NkwaSection() {}

    private static PayoutProvider adapter(ProviderSection.Values values) {
        NkwaSettings.Builder settings =
                NkwaSettings.builder(values.text("api-key")).baseUrl(values.url("base-url"));
        values.requestTimeout().ifPresent(settings::exchangeTimeout);
        values.node()
                .find("reference-fields")
                .ifPresent(fields -> settings.referenceFields(new HashSet<>(
                        fields.items().stream().map(YamlNode::text).toList())));
        values.node()
                .find("requests-per-minute")
                .ifPresent(rate ->
                        settings.rateLimit(rate.checked(() -> new RateLimit(rate.integer(), Duration.ofMinutes(1)))));
        settings.franc(values::limited);
        callback(values).ifPresent(settings::callback);
        return new NkwaProvider(settings.build());
    }

    /** Without a public key a call to us proves nothing, so nothing about signatures matters. */
    private static Optional<NkwaCallback> callback(ProviderSection.Values values) {
        Optional<String> publicKey = values.optionalText("public-key");
        if (publicKey.isEmpty()) {
            return Optional.empty();
        }
        String url = values.optionalText("callback-url")
                .orElseThrow(() -> values.node()
                        .get("public-key")
                        .failure("callback-url is missing: Nkwa signs it too, letter by letter as its portal has it;"
                                + " `none` where it does not"));
        NkwaCallback callback = url.equals(NONE)
                ? NkwaCallback.withoutUrl(publicKey.get())
                : NkwaCallback.of(values.url("callback-url"), publicKey.get());
        Optional<YamlNode> headers = values.node().find("callback-headers");
        if (headers.isPresent()) {
            NkwaCallback named = callback.headers(
                    headers.get().find("signature").map(YamlNode::text).orElse(callback.signatureHeader()),
                    headers.get().find("timestamp").map(YamlNode::text).orElse(callback.timestampHeader()));
            headers.get().refuseOtherKeys();
            callback = named;
        }
        Optional<NkwaCallback.Timestamps> form =
                values.node().find("callback-timestamps").map(node -> node.read(NkwaSection::timestamps));
        if (form.isPresent()) {
            callback = callback.timestamps(form.get());
        }
        return Optional.of(values.optionalText("callback-separator")
                .map(callback::separator)
                .orElse(callback));
    }

    private static NkwaCallback.Timestamps timestamps(String word) {
        return switch (word) {
            case "seconds" -> NkwaCallback.Timestamps.SECONDS;
            case "milliseconds" -> NkwaCallback.Timestamps.MILLISECONDS;
            case "http-date" -> NkwaCallback.Timestamps.HTTP_DATE;
            default ->
                throw new IllegalArgumentException(
                        "\"" + Excerpts.of(word, 40) + "\" is none of seconds, milliseconds and http-date");
        };
    }
}
