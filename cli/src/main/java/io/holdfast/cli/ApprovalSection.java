package io.holdfast.cli;

import io.holdfast.ledger.Money;

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

    /** Tells whether somebody else has to agree to a payout of that amount. */
    boolean concerns(Money amount, Amounts amounts) {
        return checkers > 0
                && currency.read(amounts::currency).equals(amount.currency())
                && amount.compareTo(above.read(text -> Money.of(amount.currency(), text))) > 0;
    }
}
