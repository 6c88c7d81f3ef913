package io.holdfast.cli;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.spi.Channel;
import java.math.BigDecimal;
import java.util.Optional;

/** {@code {currency: UGX, channel: mobile_money, fixed: "100", percent: "1.0", min: "500", max: "10000"}}. */
record FeeSection(
        YamlNode node,
        YamlNode currency,
        Optional<Channel> channel,
        Optional<YamlNode> fixed,
        Optional<BigDecimal> percent,
        Optional<YamlNode> minimum,
        Optional<YamlNode> maximum) {

    static FeeSection read(YamlNode node) {
        FeeSection section = new FeeSection(
                node,
                node.get("currency"),
                node.find("channel").map(channel -> channel.read(Channels::read)),
                node.find("fixed"),
                node.find("percent").map(percent -> percent.read(FeeSection::percent)),
                node.find("min"),
                node.find("max"));
        node.refuseOtherKeys();
        if (section.fixed.isEmpty() && section.percent.isEmpty()) {
            throw node.failure("a fee has a key \"fixed\", \"percent\" or both");
        }
        return section;
    }

    FeeRule rule(Amounts amounts) {
        Currency unit = currency.read(amounts::currency);
        return node.checked(() -> {
            FeeSchedule schedule = FeeSchedule.percent(unit, percent.orElse(BigDecimal.ZERO))
                    .plus(fixed.map(value -> amount(value, unit)).orElse(Money.zero(unit)));
            if (minimum.isPresent()) {
                schedule = schedule.minimum(amount(minimum.get(), unit));
            }
            if (maximum.isPresent()) {
                schedule = schedule.maximum(amount(maximum.get(), unit));
            }
            return new FeeRule(channel, schedule);
        });
    }

    private static Money amount(YamlNode value, Currency unit) {
        return value.read(text -> Money.of(unit, text));
    }

    private static BigDecimal percent(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,4})?")) {
            throw new IllegalArgumentException(
                    "\"" + Excerpts.of(text, 40) + "\" is not a percentage such as 1.5 (at most 4 decimals)");
        }
        return new BigDecimal(text);
    }
}
