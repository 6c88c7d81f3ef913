package io.holdfast.cli;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WireCurrency;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One provider's part of the configuration, whose keys are checked. */
record ProviderSection(ProviderKind kind, YamlNode node) {

    /** Keys of every provider, which may leave its limits open. */
    private static final List<String> LIMITS = List.of("minimum", "maximum");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    static ProviderSection read(YamlNode providers, String name, YamlNode node) {
        ProviderKind kind = ProviderKind.ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> node.keyFailure(
                        "there is no provider \"" + Excerpts.of(name, 40) + "\" to connect to; possible: "
                                + String.join(
                                        ", ",
                                        ProviderKind.ALL.stream()
                                                .map(ProviderKind::name)
                                                .toList())));
        kind.required().forEach(node::get);
        kind.optional().forEach(node::find);
        LIMITS.forEach(node::find);
        node.refuseOtherKeys();
        return new ProviderSection(kind, node);
    }

    String name() {
        return kind.name();
    }

    /** Returns the codes of the currencies that it pays, which takes no secret. */
    List<String> currencies() {
        return kind.currencies().apply(node);
    }

    /** Makes the adapter. */
    PayoutProvider adapter(Map<String, String> environment, Optional<Duration> requestTimeout) {
        Values values = new Values(node, environment, requestTimeout);
        PayoutProvider adapter = node.checked(() -> kind.adapter().apply(values));
        values.refuseOtherLimits();
        return adapter;
    }

    /**
     * The values of a section, the environment's put in.
     *
     * @param requestTimeout how long a call may take, if the configuration says so
     */
    record Values(YamlNode node, Map<String, String> environment, Optional<Duration> requestTimeout) {

        /** Returns a value that has to be there. */
        String text(String key) {
            return filled(node.get(key));
        }

        /** Returns a value, if it is there. */
        Optional<String> optionalText(String key) {
            return node.find(key).map(this::filled);
        }

        /** Returns a URL that has to be there. */
        URI url(String key) {
            return url(key, text(key));
        }

        /** Returns a URL, if it is there. */
        Optional<URI> optionalUrl(String key) {
            return optionalText(key).map(text -> url(key, text));
        }

        /** A URL may hold a secret, so what is wrong with one is said without it. */
        private URI url(String key, String text) {
            return node.get(key).checked(() -> {
                try {
                    return new URI(text);
                } catch (URISyntaxException wrong) {
                    throw new IllegalArgumentException(key + " is no URL such as https://api.example.com: "
                            + wrong.getReason() + " at its character " + (wrong.getIndex() + 1));
                }
            });
        }

        /** Returns who bears the provider's fee, if it is there: {@code on-top} or {@code deducted}. */
        Optional<FeeMode> feeMode() {
            return node.find("fee-mode")
                    .map(mode -> mode.read(text -> switch (text) {
                        case "on-top" -> FeeMode.ON_TOP;
                        case "deducted" -> FeeMode.DEDUCTED;
                        default ->
                            throw new IllegalArgumentException("fee-mode \"" + Excerpts.of(text, 40)
                                    + "\" is neither on-top (the float falls by amount and fee) nor deducted (the recipient gets"
                                    + " less): find out which it is before paying");
                    }));
        }

        /** Takes each {@code {UGX: 0}} of {@code wire-scale}: a currency, and how many decimals the wire carries. */
        void wireScales(BiConsumer<Currency, Integer> taker) {
            node.find("wire-scale")
                    .ifPresent(scales -> scales.fields()
                            .forEach((code, scale) -> scale.checked(() -> {
                                taker.accept(Currency.of(code), scale.integer());
                                return code;
                            })));
        }

        /** Returns a currency with the limits that {@code minimum} and {@code maximum} name for it, as in {@code {UGX: 1000}}. */
        WireCurrency limited(WireCurrency wire) {
            return new WireCurrency(
                    wire.currency(),
                    wire.scale(),
                    limit("minimum", wire.currency()).or(wire::minimum),
                    limit("maximum", wire.currency()).or(wire::maximum));
        }

        private Optional<Money> limit(String key, Currency currency) {
            return node.find(key)
                    .flatMap(limits -> limits.find(currency.code()))
                    .map(limit -> limit.read(text -> Money.of(currency, text)));
        }

        /** Refuses limits in currencies that were not asked for. */
        void refuseOtherLimits() {
            LIMITS.forEach(key -> node.find(key).ifPresent(YamlNode::refuseOtherKeys));
        }

        private String filled(YamlNode value) {
            return VARIABLE.matcher(value.text()).replaceAll(variable -> {
                String name = variable.group(1);
                String found = environment.get(name);
                if (found == null || found.isEmpty()) {
                    throw value.failure("the environment variable " + name + " is not set");
                }
                return Matcher.quoteReplacement(found);
            });
        }
    }
}
