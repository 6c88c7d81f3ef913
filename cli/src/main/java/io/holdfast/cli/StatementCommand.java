package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast statement}. */
@Command(
        name = "statement",
        description = {
            "Lists an account's postings between two dates.",
            "Shows its balance before the first, after each and after the last. The dates are business dates; both count."
        })
final class StatementCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "PATH", description = "such as liabilities:wallets:alice")
    private String path = "";

    @Parameters(index = "1", paramLabel = "CURRENCY", description = "such as TZS")
    private String currencyCode = "";

    @Option(names = "--from", paramLabel = "DATE", required = true, description = "first business date, 2026-01-01")
    private LocalDate from = LocalDate.EPOCH;

    @Option(names = "--to", paramLabel = "DATE", required = true, description = "last business date, 2026-01-31")
    private LocalDate to = LocalDate.EPOCH;

    @Option(
            names = "--recorded-by",
            paramLabel = "INSTANT",
            description = "only what was recorded by then, 2026-02-01T00:00:00Z; default: everything")
    private Optional<Instant> recordedBy = Optional.empty();

    @Mixin
    private ReportOptions report = new ReportOptions();

    StatementCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Account account = Account.of(path, place.amounts().currency(currencyCode));
            Statement statement = place.ledger().statement(account, from, to, new AsOf(Optional.empty(), recordedBy));
            report.write(
                    context,
                    new ReportOptions.Report(
                            () -> document(place.ledger().name(), statement),
                            () -> table(statement),
                            () -> csv(statement)));
            return ExitCode.DONE.number();
        });
    }

    private Document document(String ledger, Statement statement) {
        return new Document()
                .with("ledger", ledger)
                .with("account", statement.account().path())
                .with("currency", statement.account().currency())
                .with("from", statement.from())
                .with("to", statement.to())
                .with("recordedBy", recordedBy)
                .with("opening", balance(statement.opening()))
                .with(
                        "lines",
                        statement.lines().stream()
                                .map(StatementCommand::document)
                                .toList())
                .with("closing", balance(statement.closing()));
    }

    private static Document document(Statement.Line line) {
        return new Document()
                .with("entry", line.entry())
                .with("key", line.key().value())
                .with("kind", line.kind())
                .with("effectiveOn", line.effectiveOn())
                .with("recordedAt", line.recordedAt())
                .with("description", line.description())
                .with("side", line.posting().side())
                .with("part", line.posting().part())
                .with("amount", line.posting().amount())
                .with("balance", balance(line.balance()));
    }

    private static Document balance(Balance balance) {
        return new Document()
                .with("available", balance.available())
                .with("held", balance.held())
                .with("total", balance.total());
    }

    private static String table(Statement statement) {
        TextTable table = new TextTable(
                "DATE", "KIND", "DESCRIPTION", "KEY", "PART", ">DEBIT", ">CREDIT", ">AVAILABLE", ">HELD", ">TOTAL");
        row(table, statement.from(), "opening balance", statement.opening());
        for (Statement.Line line : statement.lines()) {
            table.row(
                    line.effectiveOn(),
                    line.kind().word(),
                    Excerpts.of(line.description(), 40),
                    Excerpts.of(line.key().value(), 40),
                    line.posting().part().word(),
                    amount(line, Side.DEBIT),
                    amount(line, Side.CREDIT),
                    line.balance().available().toPlainString(),
                    line.balance().held().toPlainString(),
                    line.balance().total().toPlainString());
        }
        row(table, statement.to(), "closing balance", statement.closing());
        return statement.account() + ", " + statement.from() + " to " + statement.to() + "\n\n" + table;
    }

    private static void row(TextTable table, LocalDate date, String what, Balance balance) {
        table.row(
                date,
                "",
                what,
                "",
                "",
                "",
                "",
                balance.available().toPlainString(),
                balance.held().toPlainString(),
                balance.total().toPlainString());
    }

    private static String csv(Statement statement) {
        CsvText csv = new CsvText()
                .exact("effective_on", "recorded_at", "entry", "key", "kind", "description", "part", "currency")
                .exact("debit", "credit", "available", "held", "total")
                .end();
        for (Statement.Line line : statement.lines()) {
            csv.exact(line.effectiveOn(), line.recordedAt(), line.entry())
                    .text(line.key())
                    .exact(line.kind().word())
                    .text(line.description())
                    .exact(line.posting().part().word(), statement.account().currency())
                    .exact(amount(line, Side.DEBIT), amount(line, Side.CREDIT))
                    .exact(
                            line.balance().available().toPlainString(),
                            line.balance().held().toPlainString(),
                            line.balance().total().toPlainString())
                    .end();
        }
        return csv.toString();
    }

    private static String amount(Statement.Line line, Side side) {
        return line.posting().side() == side ? line.posting().amount().toPlainString() : "";
    }
}
