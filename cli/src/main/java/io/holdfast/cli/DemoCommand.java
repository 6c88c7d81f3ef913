package io.holdfast.cli;

import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.engine.PayoutEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holdfast demo}. */
@Command(
        name = "demo",
        description = {
            "Shows payouts at work, with simulated providers.",
            "Takes an empty embedded database of its own, and providers over HTTP. Funds wallets, sends payouts that"
                    + " succeed, fail, time out, fail over, come back and succeed late, and shows wallets and holds moving.",
            "Exit code 0 only if all money is accounted for."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String FUNDED = "60000";
    private static final String CAPITAL = "equity:capital";

    private final CommandContext context;

    DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (context.options().jdbcUrl().isPresent()) {
            throw CommandFailure.invalid("demo plays on a database of its own: leave --jdbc-url out");
        }
        // What a person has to look at is part of the story; told in between, it would break the lines.
        System.setProperty("org.slf4j.simpleLogger.log." + PayoutEngine.class.getPackageName(), "error");
        context.output().note("Starting an embedded PostgreSQL and simulated providers");
        try (DemoStage stage = DemoStage.open(context.surroundings().clock().instant())) {
            Map<Currency, Money> funded = new LinkedHashMap<>();
            stage.currencies().forEach(currency -> funded.put(currency, fund(stage, currency)));
            List<DemoTale> tales = play(stage);
            DemoMatrix matrix = new DemoMatrix(tales, stage.cast());
            say("\nWhat became of " + tales.size() + " payouts\n" + DemoTeller.indented(matrix.table()));
            List<String> wrong = new DemoReckoning(stage, funded, this::say).reckon(tales);
            say(
                    wrong.isEmpty()
                            ? "\nAll money is accounted for."
                            : "\nNOT all money is accounted for: " + String.join("; ", wrong));
            if (context.options().json()) {
                context.output().line(document(tales, matrix, wrong));
            }
            return (wrong.isEmpty() ? ExitCode.DONE : ExitCode.BROKEN).number();
        }
    }

    private List<DemoTale> play(DemoStage stage) {
        DemoTeller teller = new DemoTeller(stage, this::say);
        DemoPlay play = new DemoPlay(stage, teller);
        teller.opening(DemoAct.ALL.stream().mapToInt(act -> act.scenes().size()).sum());
        List<DemoTale> tales = new ArrayList<>();
        for (int number = 1; number <= DemoAct.ALL.size(); number++) {
            DemoAct act = DemoAct.ALL.get(number - 1);
            teller.act(number, act);
            act.scenes().forEach(scene -> tales.add(play.play(scene)));
        }
        return tales;
    }

    /** Gives us capital in a currency, out of which the wallet is funded and floats are prefunded. */
    private static Money fund(DemoStage stage, Currency currency) {
        Money funded = Money.of(currency, FUNDED);
        Wallets wallets = new Wallets(stage.ledger());
        wallets.open(DemoStage.OWNER, currency);
        wallets.fund(DemoStage.OWNER, funded, "demo:fund:" + currency);
        stage.ledger().open(AccountTerms.of(CAPITAL, currency));
        stage.cast().stream().filter(one -> one.currency().equals(currency)).forEach(provider -> {
            stage.ledger().open(AccountTerms.of(provider.floatHere()));
            Money prefunded = provider.floatThere();
            stage.ledger()
                    .post(JournalEntry.of("demo:float:" + provider.name())
                            .describedAs("Prefund " + provider.title() + " out of our capital")
                            .debit(provider.floatHere().path(), prefunded)
                            .credit(CAPITAL, prefunded)
                            .build());
        });
        return funded;
    }

    private static Document document(List<DemoTale> tales, DemoMatrix matrix, List<String> wrong) {
        return new Document()
                .with("ok", wrong.isEmpty())
                .with("payouts", tales.stream().map(DemoCommand::document).toList())
                .with("providers", matrix.documents())
                .with("wrong", wrong);
    }

    private static Document document(DemoTale tale) {
        Map<String, Object> requests = new LinkedHashMap<>();
        tale.visits()
                .forEach(visit ->
                        requests.put(visit.provider().name(), visit.requests().size()));
        return new Document()
                .with("key", tale.payout().key().value())
                .with("provider", tale.payout().provider())
                .with("status", tale.status().name())
                .with("requests", requests)
                .with("paid", tale.payments());
    }

    private void say(String text) {
        if (!context.options().json()) {
            context.output().text(text);
            context.output().flush();
        }
    }
}
