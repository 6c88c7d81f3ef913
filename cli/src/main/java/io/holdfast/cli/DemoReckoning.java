package io.holdfast.cli;

import io.holdfast.audit.CheckResult;
import io.holdfast.audit.Verification;
import io.holdfast.audit.Verifier;
import io.holdfast.books.Books;
import io.holdfast.books.TrialBalance;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.sandbox.simulator.Payment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Asks in the end whether all money is accounted for: by what Alice had, by the providers' own figures, by the books and by
 * every invariant.
 */
final class DemoReckoning {

    private final DemoStage stage;
    private final Map<Currency, Money> funded;
    private final Consumer<String> say;
    private final List<String> wrong = new ArrayList<>();

    /**
     * Begins to reckon.
     *
     * @param funded what the wallet had at first
     */
    DemoReckoning(DemoStage stage, Map<Currency, Money> funded, Consumer<String> say) {
        this.stage = stage;
        this.funded = funded;
        this.say = say;
    }

    /** Tells how it stands, and returns what is wrong. */
    List<String> reckon(List<DemoTale> tales) {
        tales.forEach(tale -> wrong.addAll(DemoPlay.wrongIn(tale)));
        wallets();
        floats();
        trialBalance();
        verification();
        leftForPeople(tales);
        return List.copyOf(wrong);
    }

    private void wallets() {
        TextTable table = new TextTable(
                "currency", ">she had", ">recipients have", ">our fees", ">held", ">available", ">unaccounted for");
        funded.forEach((currency, had) -> {
            Balance wallet = stage.ledger().balance(Wallets.account(DemoStage.OWNER, currency));
            Money paid = paid(currency);
            Money fees = fees(currency);
            Money missing = had.minus(paid).minus(fees).minus(wallet.total());
            if (!missing.isZero()) {
                wrong.add(missing + " of what Alice had is not accounted for");
            }
            table.row(
                    currency,
                    DemoTeller.amount(had),
                    DemoTeller.amount(paid),
                    DemoTeller.amount(fees),
                    DemoTeller.amount(wallet.held()),
                    DemoTeller.amount(wallet.available()),
                    DemoTeller.amount(missing));
        });
        say.accept("\nWhere Alice's money is\n" + DemoTeller.indented(table.toString()));
    }

    /** Returns what reached recipients and stayed there, as the providers have it. */
    private Money paid(Currency currency) {
        BigDecimal sum = stage.cast().stream()
                .flatMap(one -> one.simulator().payments().stream())
                .filter(payment -> payment.currency().equals(currency.code())
                        && payment.reversedAt().isEmpty())
                .map(Payment::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Money.of(currency, sum);
    }

    private Money fees(Currency currency) {
        return PayoutAccounts.DEFAULTS.fees().stream()
                .map(share -> stage.ledger()
                        .balance(Account.of(share.path(), currency))
                        .total())
                .reduce(Money.zero(currency), Money::plus);
    }

    private void floats() {
        TextTable table = new TextTable("provider", "currency", ">in our books", ">at the provider", "agree");
        for (DemoCast provider : stage.cast()) {
            Money here = stage.ledger().balance(provider.floatHere()).total();
            Money there = provider.floatThere();
            if (!here.equals(there)) {
                wrong.add("our float at " + provider.title() + " is " + here + " in the books and " + there + " there");
            }
            table.row(
                    provider.title(),
                    provider.currency(),
                    DemoTeller.amount(here),
                    DemoTeller.amount(there),
                    here.equals(there) ? "yes" : "NO");
        }
        say.accept("\nWhat we have prefunded\n" + DemoTeller.indented(table.toString()));
    }

    private void trialBalance() {
        TrialBalance books = Books.over(stage.dataSource(), DemoStage.LEDGER).trialBalance(AsOf.EVERYTHING);
        TextTable table = new TextTable("account", "currency", ">debit", ">credit");
        for (TrialBalance.Total total : books.totals()) {
            books.rows().stream()
                    .filter(row -> row.account().currency().equals(total.currency()))
                    .forEach(row -> table.row(
                            row.account().path(),
                            row.account().currency(),
                            DemoTeller.amount(row.debit()),
                            DemoTeller.amount(row.credit())));
            table.row("total", total.currency(), DemoTeller.amount(total.debit()), DemoTeller.amount(total.credit()));
            table.row("", "", "", "");
        }
        if (!books.isBalanced()) {
            wrong.add("the trial balance does not balance");
        }
        say.accept("\nTrial balance\n" + DemoTeller.indented(table.toString()));
    }

    private void verification() {
        Verification verification =
                Verifier.over(stage.dataSource()).and(PayoutEngine.checks()).verify(DemoStage.LEDGER);
        verification.checks().stream()
                .filter(check -> !check.ok())
                .map(CheckResult::name)
                .forEach(name -> wrong.add("the check \"" + name + "\" fails"));
        long examined =
                verification.checks().stream().mapToLong(CheckResult::examined).sum();
        long held = verification.checks().stream().filter(CheckResult::ok).count();
        say.accept(String.format(
                "%nVerified: %d of %d invariants hold, %,d things examined.",
                held, verification.checks().size(), examined));
    }

    /** Tells what is left for a person. */
    private void leftForPeople(List<DemoTale> tales) {
        TextTable table = new TextTable("what", "why");
        tales.stream()
                .filter(tale -> tale.status() == PayoutStatus.REVIEW)
                .forEach(tale -> table.row("REVIEW of " + tale.scene().key(), lastWord(tale)));
        stage.payouts()
                .payouts()
                .items(PayoutQuery.LIMIT_MAX, 0)
                .forEach(item -> table.row(
                        item.kind()
                                + item.payout()
                                        .map(id -> " of " + keyOf(id, tales))
                                        .orElse(""),
                        item.detail()));
        say.accept("\nLeft for a person\n" + DemoTeller.indented(table.orIfEmpty("nothing")));
    }

    private static String lastWord(DemoTale tale) {
        return tale.history().get(tale.history().size() - 1).detail();
    }

    private static String keyOf(UUID payout, List<DemoTale> tales) {
        return tales.stream()
                .filter(tale -> tale.payout().id().equals(payout))
                .map(tale -> tale.scene().key())
                .findFirst()
                .orElseGet(payout::toString);
    }
}
