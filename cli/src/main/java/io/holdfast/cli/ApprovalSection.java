package io.holdfast.cli;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.ApprovalRule;

/** {@code {currency: UGX, above: "1000000", checkers: 1}}. */
record ApprovalSection(YamlNode currency, YamlNode above, int checkers) {

    static ApprovalSection read(YamlNode node) {
        YamlNode number = node.get("checkers");
        if (number.integer() > 2) {
            throw number.failure("checkers are 0, 1 or 2");
        }
        ApprovalSection section = new ApprovalSection(node.get("currency"), node.get("above"), number.integer());
        node.refuseOtherKeys();
        return section;
    }

    /** Returns the rule, in terms of a ledger's currencies. */
    ApprovalRule rule(Amounts amounts) {
        Currency kind = currency.read(amounts::currency);
        return new ApprovalRule(above.read(text -> amounts.money(kind, text)), checkers);
    }
}
