package io.holdfast.cli;

import io.holdfast.audit.CheckResult;
import io.holdfast.audit.Verification;
import io.holdfast.audit.Verifier;
import io.holdfast.books.Books;
import io.holdfast.books.TrialBalance;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.engine.PayoutEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holdfast demo}. */
@Command(
        name = "demo",
        description = {
            "Shows the main job, on an empty embedded database of its own and simulated providers over HTTP: funds",
            "wallets, sends payouts that succeed, fail, time out, fail over, come back and succeed late, and shows",
            "wallet and hold moving.",
            "Exit code 0 only if all money is accounted for."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String FUNDED = "50000";

    private final CommandContext context;

    DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (context.options().jdbcUrl().isPresent()) {
            throw CommandFailure.invalid("demo plays on a database of its own: leave --jdbc-url out");
        }
        context.output().note("Starting an embedded PostgreSQL and simulated providers");
        try (DemoStage stage = DemoStage.open(context.surroundings().clock().instant())) {
            List<String> wrong = new ArrayList<>();
            List<Document> payouts = new ArrayList<>();
            DemoTeller teller = new DemoTeller(stage, this::say);
            teller.opening();
            stage.currencies().forEach(currency -> teller.funded(fund(stage, currency)));
            for (DemoScene scene : DemoScene.ALL) {
                DemoPlay.Played played = new DemoPlay(stage, teller).play(scene);
                payouts.add(new Document()
                        .with("key", scene.key())
                        .with("status", played.status().name())
                        .with("paid", played.payments()));
                wrong.addAll(played.wrong());
            }
            return account(stage, teller, payouts, wrong);
        }
    }

    private static Money fund(DemoStage stage, Currency currency) {
        Money funded = Money.of(currency, FUNDED);
        Wallets wallets = new Wallets(stage.ledger());
        wallets.open("alice", currency);
        wallets.fund("alice", funded, "demo:fund:" + currency);
        stage.cast().stream().filter(one -> one.currency().equals(currency)).forEach(provider -> {
            stage.ledger().open(AccountTerms.of(provider.floatHere()));
            Money prefunded = provider.floatThere();
            stage.ledger()
                    .post(JournalEntry.of("demo:float:" + provider.name())
                            .describedAs("Prefund " + provider.title())
                            .debit(provider.floatHere().path(), prefunded)
                            .credit(Wallets.SETTLEMENT, prefunded)
                            .build());
        });
        return funded;
    }

    /** Asks whether all money is accounted for: by the books, by every invariant, and by the providers' own figures. */
    private int account(DemoStage stage, DemoTeller teller, List<Document> payouts, List<String> wrong) {
        TrialBalance books = Books.over(stage.dataSource(), DemoStage.LEDGER).trialBalance(AsOf.EVERYTHING);
        Verification verification =
                Verifier.over(stage.dataSource()).and(PayoutEngine.checks()).verify(DemoStage.LEDGER);
        if (!books.isBalanced()) {
            wrong.add("the trial balance does not balance");
        }
        verification.checks().stream()
                .filter(check -> !check.ok())
                .map(CheckResult::name)
                .forEach(name -> wrong.add("the check \"" + name + "\" fails"));
        teller.accounts(books, verification);
        for (DemoCast provider : stage.cast()) {
            Money here = stage.ledger().balance(provider.floatHere()).total();
            Money there = provider.floatThere();
            teller.floats(provider, here, there);
            if (!here.equals(there)) {
                wrong.add("our float at " + provider.title() + " is " + here + " in the books and " + there + " there");
            }
        }
        teller.closing(wrong);
        if (context.options().json()) {
            context.output()
                    .line(new Document()
                            .with("ok", wrong.isEmpty())
                            .with("payouts", payouts)
                            .with("wrong", wrong));
        }
        return (wrong.isEmpty() ? ExitCode.DONE : ExitCode.BROKEN).number();
    }

    private void say(String text) {
        if (!context.options().json()) {
            context.output().text(text);
            context.output().flush();
        }
    }
}
