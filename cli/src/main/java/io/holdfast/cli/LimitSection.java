package io.holdfast.cli;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimit.Span;
import io.holdfast.payout.PayoutLimit.Subject;
import java.util.Optional;

/** {@code {per: wallet, within: day, currency: UGX, count: 100, amount: "5000000"}}, or {@code minimum} per payout. */
record LimitSection(
        YamlNode node,
        Subject subject,
        Span span,
        YamlNode currency,
        Optional<YamlNode> count,
        Optional<YamlNode> amount,
        Optional<YamlNode> minimum) {

    static LimitSection read(YamlNode node) {
        Subject subject = node.get("per").read(text -> EnumWords.read(Subject.class, text));
        boolean isByItself = subject == Subject.PAYOUT;
        LimitSection section = new LimitSection(
                node,
                subject,
                isByItself ? Span.DAY : node.get("within").read(text -> EnumWords.read(Span.class, text)),
                node.get("currency"),
                isByItself ? Optional.empty() : node.find("count"),
                node.find("amount"),
                isByItself ? node.find("minimum") : Optional.empty());
        node.refuseOtherKeys();
        if (section.count.isEmpty() && section.amount.isEmpty() && section.minimum.isEmpty()) {
            throw node.failure(
                    isByItself
                            ? "a limit per payout has a key \"amount\", \"minimum\" or both"
                            : "a limit has a key \"count\", \"amount\" or both");
        }
        return section;
    }

    /** Returns what it limits, if it is more than a minimum. */
    Optional<PayoutLimit> limit(Amounts amounts) {
        if (count.isEmpty() && amount.isEmpty()) {
            return Optional.empty();
        }
        Currency unit = currency.read(amounts::currency);
        return Optional.of(node.checked(() -> new PayoutLimit(
                subject, span, unit, count.map(YamlNode::integer), amount.map(value -> money(value, unit)))));
    }

    /** Returns the least that is paid, if it says so. */
    Optional<Money> minimum(Amounts amounts) {
        return minimum.map(value -> money(value, currency.read(amounts::currency)));
    }

    private static Money money(YamlNode value, Currency unit) {
        return value.read(text -> Money.of(unit, text));
    }
}
