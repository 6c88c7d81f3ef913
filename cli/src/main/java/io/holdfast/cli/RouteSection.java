package io.holdfast.cli;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code {currency: XAF, channel: mobile_money, operator: orange, min: "500", max: "500000", providers: [zopay]}}. */
record RouteSection(
        YamlNode node,
        YamlNode currency,
        Channel channel,
        Optional<String> operator,
        Optional<YamlNode> minimum,
        Optional<YamlNode> maximum,
        List<String> providers) {

    static RouteSection read(YamlNode node, Set<String> configured) {
        YamlNode currency = node.get("currency");
        Channel channel = node.get("channel").read(Channels::read);
        Optional<String> operator = node.find("operator").map(YamlNode::text);
        Optional<YamlNode> minimum = node.find("min");
        Optional<YamlNode> maximum = node.find("max");
        List<YamlNode> items = node.get("providers").items();
        for (YamlNode item : items) {
            if (!configured.contains(item.text())) {
                throw item.failure(
                        "provider \"" + Excerpts.of(item.text(), 40) + "\" is not one of the providers above");
            }
        }
        node.refuseOtherKeys();
        return new RouteSection(
                node,
                currency,
                channel,
                operator,
                minimum,
                maximum,
                items.stream().map(YamlNode::text).toList());
    }

    Route route(Amounts amounts) {
        Currency unit = currency.read(amounts::currency);
        return node.checked(() -> new Route(
                unit,
                channel,
                operator,
                minimum.map(bound -> bound.read(text -> Money.of(unit, text))),
                maximum.map(bound -> bound.read(text -> Money.of(unit, text))),
                providers));
    }
}
