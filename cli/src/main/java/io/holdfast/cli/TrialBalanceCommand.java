package io.holdfast.cli;

import io.holdfast.books.Books;
import io.holdfast.books.TrialBalance;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Money;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast trial-balance}. */
@Command(
        name = "trial-balance",
        description = {
            "Lists what every account had, as debit or credit.",
            "--effective and --recorded-by name the point on the two time axes."
        })
final class TrialBalanceCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private AsOfOptions asOf = new AsOfOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    TrialBalanceCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            TrialBalance balance = Books.over(place.dataSource(), place.ledger().name())
                    .trialBalance(asOf.read().orElse(AsOf.EVERYTHING));
            report.write(
                    context,
                    new ReportOptions.Report(() -> document(balance), () -> table(balance), () -> csv(balance)));
            return ExitCode.DONE.number();
        });
    }

    private static Document document(TrialBalance balance) {
        return new Document()
                .with("ledger", balance.ledger())
                .with("effective", balance.asOf().effective())
                .with("recordedBy", balance.asOf().recordedBy())
                .with(
                        "rows",
                        balance.rows().stream()
                                .map(row -> new Document()
                                        .with("account", row.account().path())
                                        .with("currency", row.account().currency())
                                        .with("debit", row.debit())
                                        .with("credit", row.credit()))
                                .toList())
                .with(
                        "totals",
                        balance.totals().stream()
                                .map(total -> new Document()
                                        .with("currency", total.currency())
                                        .with("debit", total.debit())
                                        .with("credit", total.credit()))
                                .toList());
    }

    static String table(TrialBalance balance) {
        TextTable table = new TextTable("ACCOUNT", "CURRENCY", ">DEBIT", ">CREDIT");
        for (TrialBalance.Row row : balance.rows()) {
            table.row(row.account().path(), row.account().currency(), shown(row.debit()), shown(row.credit()));
        }
        for (TrialBalance.Total total : balance.totals()) {
            table.row(
                    "total",
                    total.currency(),
                    total.debit().toPlainString(),
                    total.credit().toPlainString());
        }
        return table.orIfEmpty("No postings yet.");
    }

    private static String csv(TrialBalance balance) {
        CsvText csv =
                new CsvText().exact("account", "currency", "debit", "credit").end();
        for (TrialBalance.Row row : balance.rows()) {
            csv.text(row.account().path())
                    .exact(
                            row.account().currency(),
                            row.debit().toPlainString(),
                            row.credit().toPlainString())
                    .end();
        }
        return csv.toString();
    }

    private static String shown(Money amount) {
        return amount.isZero() ? "" : amount.toPlainString();
    }
}
