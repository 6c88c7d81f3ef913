package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WireCurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast float ...}. */
@Command(name = "float", description = "Books and checks what is prefunded at providers.")
final class FloatCommands {

    private final CommandContext context;

    FloatCommands(CommandContext context) {
        this.context = context;
    }

    @Command(name = "top-up", description = "Books money that was sent to a provider.")
    int topUp(
            @Parameters(paramLabel = "PROVIDER", description = "one of the configured providers") String provider,
            @Parameters(paramLabel = "AMOUNT", description = "such as \"TZS 25000.00\"") String amount,
            @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key") String key,
            @Option(
                            names = "--from",
                            paramLabel = "PATH",
                            defaultValue = Wallets.SETTLEMENT,
                            description = "the bank account it left, opened if missing; default: ${DEFAULT-VALUE}")
                    String source) {
        return context.with(place -> {
            Money money = place.amounts().money(amount);
            checkPays(place.configuration(), provider, money);
            String target = PayoutAccounts.DEFAULTS.providerFloat(provider);
            for (String path : List.of(target, source)) {
                Account account = Account.of(path, money.currency());
                if (place.ledger().account(account).isEmpty()) {
                    place.ledger().open(AccountTerms.of(account));
                }
            }
            return context.execute(
                    place.ledger(),
                    JournalEntry.of(key)
                            .describedAs("Top-up of the float at " + provider)
                            .debit(target, money)
                            .credit(source, money)
                            .build(),
                    () -> "Topped up the float at " + provider + " with " + money + retried(place, provider, money));
        });
    }

    private static void checkPays(Configuration configuration, String provider, Money money) {
        List<String> paid = configuration.currencies(provider);
        if (!paid.contains(money.currency().code())) {
            throw CommandFailure.invalid(
                    provider + " does not pay " + money.currency() + "; it pays " + String.join(", ", paid));
        }
    }

    /** Has payouts tried that waited for the money; says so. */
    private static String retried(Workplace place, String provider, Money money) {
        int retried = place.payouts().retryShortOfFloat(provider, money.currency());
        return retried == 0 ? "" : "; the next `holdfast payout run` tries " + retried + " that waited for it";
    }

    @Command(
            name = "check",
            description = {
                "Compares what is prefunded by our books with what providers report.",
                "Payouts under way may explain a difference: some providers take them off before they are decided."
            })
    int check() {
        return context.with(place -> {
            List<Document> documents = new ArrayList<>();
            TextTable table =
                    new TextTable("PROVIDER", "CURRENCY", ">IN OUR BOOKS", ">AT THE PROVIDER", ">DIFFERENCE", "RESULT");
            Workplace.PayoutDesk desk = place.payoutDesk();
            for (PayoutProvider provider : desk.providers()) {
                for (WireCurrency wire : provider.capabilities().currencies()) {
                    Money books = books(place, provider, wire);
                    Answer<Money> answer = desk.providerQuestions().balance(provider.name(), wire.currency());
                    Optional<Money> there =
                            answer instanceof Answer.Told<Money> told ? Optional.of(told.value()) : Optional.empty();
                    Remark result = result(books, answer);
                    documents.add(new Document()
                            .with("provider", provider.name())
                            .with("currency", wire.currency())
                            .with("books", books)
                            .with("there", there)
                            .with("difference", there.map(money -> money.minus(books)))
                            .with("result", result.text()));
                    table.row(
                            provider.name(),
                            wire.currency(),
                            books.toPlainString(),
                            there.map(Money::toPlainString).orElse("-"),
                            there.map(money -> money.minus(books).toPlainString())
                                    .orElse("-"),
                            result.word());
                    table.below(result.why());
                }
            }
            context.output()
                    .result(documents, table.orIfEmpty("No providers; name some under `providers` in holdfast.yaml."));
            return ExitCode.DONE.number();
        });
    }

    private static Money books(Workplace place, PayoutProvider provider, WireCurrency wire) {
        Account account = Account.of(PayoutAccounts.DEFAULTS.providerFloat(provider.name()), wire.currency());
        return place.ledger()
                .account(account)
                .map(open -> place.ledger().balance(open.account()))
                .map(Balance::total)
                .orElse(Money.zero(wire.currency()));
    }

    private static Remark result(Money books, Answer<Money> answer) {
        if (answer instanceof Answer.Told<Money> told) {
            return Remark.of(told.value().equals(books) ? "equal" : "differs");
        }
        return answer instanceof Answer.Unavailable<Money> unavailable
                ? new Remark("unavailable", unavailable.detail())
                : Remark.of("cannot be asked");
    }
}
