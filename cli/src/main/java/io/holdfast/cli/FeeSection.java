package io.holdfast.cli;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.FeeTiers;
import io.holdfast.payout.spi.Channel;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * {@code {currency: UGX, channel: mobile_money, fixed: "100", percent: "1.0", min: "500", max: "10000"}}, or with {@code
 * tiers: [{up-to: "5000", fixed: "100"}, {percent: "2"}]}; {@code provider} and {@code from} say when it counts.
 */
record FeeSection(
        YamlNode node,
        YamlNode currency,
        Optional<Channel> channel,
        Optional<String> provider,
        Optional<LocalDate> from,
        FeePart part,
        Optional<YamlNode> minimum,
        Optional<YamlNode> maximum,
        FeeTiers.Mode mode,
        List<TierSection> tiers,
        Optional<YamlNode> decimals,
        RoundingMode rounding) {

    /** One tier, to the amount where it ends. */
    record TierSection(Optional<YamlNode> upTo, FeePart part) {

        static TierSection read(YamlNode node) {
            TierSection tier = new TierSection(node.find("up-to"), FeePart.read(node));
            node.refuseOtherKeys();
            return tier;
        }

        FeeTiers.Tier tier(Currency unit) {
            return new FeeTiers.Tier(upTo.map(value -> amount(value, unit)), part.fixed(unit), part.percentOrZero());
        }
    }

    /** A fixed part and a percentage, either of which may be missing. */
    record FeePart(Optional<YamlNode> fixed, Optional<BigDecimal> percent) {

        static FeePart read(YamlNode node) {
            return new FeePart(
                    node.find("fixed"), node.find("percent").map(percent -> percent.read(FeeSection::percent)));
        }

        Money fixed(Currency unit) {
            return fixed.map(value -> amount(value, unit)).orElse(Money.zero(unit));
        }

        BigDecimal percentOrZero() {
            return percent.orElse(BigDecimal.ZERO);
        }

        boolean isEmpty() {
            return fixed.isEmpty() && percent.isEmpty();
        }
    }

    static FeeSection read(YamlNode node) {
        FeeSection section = new FeeSection(
                node,
                node.get("currency"),
                node.find("channel").map(channel -> channel.read(Channels::read)),
                node.find("provider").map(YamlNode::text),
                node.find("from").map(date -> date.read(FeeSection::date)),
                FeePart.read(node),
                node.find("min"),
                node.find("max"),
                node.find("tier-mode").map(mode -> mode.read(FeeSection::mode)).orElse(FeeTiers.Mode.BRACKET),
                node.find("tiers")
                        .map(list ->
                                list.items().stream().map(TierSection::read).toList())
                        .orElse(List.of()),
                node.find("decimals"),
                node.find("rounding").map(way -> way.read(FeeSection::rounding)).orElse(RoundingMode.HALF_UP));
        node.refuseOtherKeys();
        if (section.part.isEmpty() && section.tiers.isEmpty()) {
            throw node.failure("a fee has a key \"fixed\", \"percent\", \"tiers\" or several of them");
        }
        return section;
    }

    FeeRule rule(Amounts amounts) {
        Currency unit = currency.read(amounts::currency);
        return node.checked(() -> {
            FeeSchedule schedule = FeeSchedule.percent(unit, part.percentOrZero())
                    .plus(part.fixed(unit))
                    .rounded(decimals.map(YamlNode::integer).orElse(unit.exponent()), rounding)
                    .tiers(new FeeTiers(
                            mode, tiers.stream().map(tier -> tier.tier(unit)).toList()));
            if (minimum.isPresent()) {
                schedule = schedule.minimum(amount(minimum.get(), unit));
            }
            if (maximum.isPresent()) {
                schedule = schedule.maximum(amount(maximum.get(), unit));
            }
            return new FeeRule(channel, provider, from, schedule);
        });
    }

    private static Money amount(YamlNode value, Currency unit) {
        return value.read(text -> Money.of(unit, text));
    }

    static BigDecimal percent(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,4})?")) {
            throw new IllegalArgumentException(
                    "\"" + Excerpts.of(text, 40) + "\" is not a percentage such as 1.5 (at most 4 decimals)");
        }
        return new BigDecimal(text);
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException(
                    "\"" + Excerpts.of(text, 40) + "\" is not a date such as 2026-01-31", unreadable);
        }
    }

    private static FeeTiers.Mode mode(String text) {
        return switch (text) {
            case "bracket" -> FeeTiers.Mode.BRACKET;
            case "graduated" -> FeeTiers.Mode.GRADUATED;
            default ->
                throw new IllegalArgumentException(
                        "\"" + Excerpts.of(text, 40) + "\" is neither bracket nor graduated");
        };
    }

    private static RoundingMode rounding(String text) {
        return switch (text) {
            case "half-up" -> RoundingMode.HALF_UP;
            case "half-even" -> RoundingMode.HALF_EVEN;
            case "up" -> RoundingMode.UP;
            case "down" -> RoundingMode.DOWN;
            default ->
                throw new IllegalArgumentException(
                        "\"" + Excerpts.of(text, 40) + "\" is none of half-up, half-even, up, down");
        };
    }
}
