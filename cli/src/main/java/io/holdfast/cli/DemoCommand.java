package io.holdfast.cli;

import io.holdfast.audit.CheckResult;
import io.holdfast.audit.Verification;
import io.holdfast.audit.Verifier;
import io.holdfast.books.Books;
import io.holdfast.books.TrialBalance;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.AsOf;
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
            "Shows the main job, on an empty embedded database of its own and a simulated provider over HTTP: funds a",
            "wallet, sends payouts that succeed, fail, time out and come back, and shows wallet and hold moving.",
            "Exit code 0 only if all money is accounted for."
        })
final class DemoCommand implements Callable<Integer> {

    private static final Money FUNDED = Money.parse("TZS 50000");

    private final CommandContext context;

    DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (context.options().jdbcUrl().isPresent()) {
            throw CommandFailure.invalid("demo plays on a database of its own: leave --jdbc-url out");
        }
        context.output().note("Starting an embedded PostgreSQL and a simulated provider");
        try (DemoStage stage = DemoStage.open(context.surroundings().clock().instant())) {
            List<String> wrong = new ArrayList<>();
            List<Document> payouts = new ArrayList<>();
            DemoTeller teller = new DemoTeller(stage, this::say);
            teller.opening();
            fund(stage);
            teller.funded(FUNDED);
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

    private static void fund(DemoStage stage) {
        Wallets wallets = new Wallets(stage.ledger());
        wallets.open("alice", DemoStage.TZS);
        wallets.fund("alice", FUNDED, "demo:fund");
        stage.ledger().open(AccountTerms.of(DemoStage.FLOAT));
        Money prefunded = stage.floatThere();
        stage.ledger()
                .post(JournalEntry.of("demo:float")
                        .describedAs("Prefund Snippe")
                        .debit(DemoStage.FLOAT.path(), prefunded)
                        .credit(Wallets.SETTLEMENT, prefunded)
                        .build());
    }

    /** Asks whether all money is accounted for: by the books, by every invariant, and by the provider's own figure. */
    private int account(DemoStage stage, DemoTeller teller, List<Document> payouts, List<String> wrong) {
        TrialBalance books = Books.over(stage.dataSource(), DemoStage.LEDGER).trialBalance(AsOf.EVERYTHING);
        Verification verification =
                Verifier.over(stage.dataSource()).and(PayoutEngine.checks()).verify(DemoStage.LEDGER);
        Money here = stage.ledger().balance(DemoStage.FLOAT).total();
        Money there = stage.floatThere();
        if (!books.isBalanced()) {
            wrong.add("the trial balance does not balance");
        }
        if (!here.equals(there)) {
            wrong.add("our float is " + here + " in the books and " + there + " at the provider");
        }
        verification.checks().stream()
                .filter(check -> !check.ok())
                .map(CheckResult::name)
                .forEach(name -> wrong.add("the check \"" + name + "\" fails"));
        teller.accounts(books, verification, here, there);
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
