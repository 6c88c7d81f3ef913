package io.holdfast.cli;

import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Money;
import java.util.List;
import java.util.Optional;

/** Writes accounts and balances down, for scripts and for people. */
final class AccountDocument {

    private AccountDocument() {}

    static Document of(AccountState state) {
        return new Document()
                .with("account", state.account().path())
                .with("currency", state.account().currency())
                .with("minimum", state.terms().minimum())
                .with("maximum", state.terms().maximum())
                .with("debitFrozen", state.debitFrozen())
                .with("creditFrozen", state.creditFrozen())
                .with("closed", state.closed())
                .with("openedAt", state.openedAt());
    }

    static String text(List<AccountState> states) {
        TextTable table = new TextTable("ACCOUNT", "CURRENCY", ">MINIMUM", ">MAXIMUM", "STATE");
        for (AccountState state : states) {
            table.row(
                    state.account().path(),
                    state.account().currency(),
                    limit(state.terms().minimum()),
                    limit(state.terms().maximum()),
                    word(state));
        }
        return table.orIfEmpty("No accounts yet; `holdfast account open PATH CURRENCY` opens one.");
    }

    static Document of(Balance balance) {
        return new Document()
                .with("account", balance.account().path())
                .with("currency", balance.account().currency())
                .with("available", balance.available())
                .with("held", balance.held())
                .with("total", balance.total());
    }

    static String balances(List<Balance> balances) {
        TextTable table = new TextTable("ACCOUNT", "CURRENCY", ">AVAILABLE", ">HELD", ">TOTAL");
        for (Balance balance : balances) {
            table.row(
                    balance.account().path(),
                    balance.account().currency(),
                    balance.available().toPlainString(),
                    balance.held().toPlainString(),
                    balance.total().toPlainString());
        }
        return table.toString();
    }

    private static String limit(Optional<Money> limit) {
        return limit.map(Money::toPlainString).orElse("none");
    }

    private static String word(AccountState state) {
        if (state.closed()) {
            return "closed";
        }
        if (state.debitFrozen() && state.creditFrozen()) {
            return "frozen";
        }
        if (state.debitFrozen()) {
            return "debit frozen";
        }
        return state.creditFrozen() ? "credit frozen" : "open";
    }
}
