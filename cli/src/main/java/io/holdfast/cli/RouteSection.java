package io.holdfast.cli;

import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import java.util.List;
import java.util.Set;

/** {@code {currency: TZS, channel: mobile_money, providers: [snippe]}}. */
record RouteSection(YamlNode node, YamlNode currency, Channel channel, List<String> providers) {

    static RouteSection read(YamlNode node, Set<String> configured) {
        YamlNode currency = node.get("currency");
        Channel channel = node.get("channel").read(Channels::read);
        List<YamlNode> items = node.get("providers").items();
        for (YamlNode item : items) {
            if (!configured.contains(item.text())) {
                throw item.failure(
                        "provider \"" + Excerpts.of(item.text(), 40) + "\" is not one of the providers above");
            }
        }
        node.refuseOtherKeys();
        return new RouteSection(
                node, currency, channel, items.stream().map(YamlNode::text).toList());
    }

    Route route(Amounts amounts) {
        return node.checked(() -> new Route(currency.read(amounts::currency), channel, providers));
    }
}
