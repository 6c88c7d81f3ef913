package io.holdfast.cli;

import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WireCurrency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast reconcile}. */
@Command(
        name = "reconcile",
        description = {
            "Compares our payouts with a provider's own list, or with a statement of it.",
            "What was paid there without a payout of ours is put in suspense, once."
        })
final class ReconcileCommand implements Callable<Integer> {

    private static final Duration SPAN = Duration.ofDays(7);

    private final CommandContext context;

    @Parameters(paramLabel = "PROVIDER", description = "one of the configured providers")
    private String provider = "";

    @Option(names = "--from", paramLabel = "INSTANT", description = "sent at or after; default: a week before --to")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "INSTANT", description = "sent before; default: now")
    private Optional<Instant> to = Optional.empty();

    @Option(
            names = "--statement",
            paramLabel = "FILE",
            description = "CSV with columns reference, amount, status and fee; default: the provider is asked")
    private Optional<String> statement = Optional.empty();

    ReconcileCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Workplace.PayoutDesk desk = place.payoutDesk();
            PayoutProvider adapter = desk.providers().stream()
                    .filter(one -> one.name().equals(provider))
                    .findFirst()
                    .orElseThrow(() ->
                            CommandFailure.invalid("Provider \"" + Excerpts.of(provider, 40) + "\" is not configured"));
            Instant end = to.orElseGet(() -> context.surroundings().clock().instant());
            Instant begin = from.orElse(end.minus(SPAN));
            List<ReconciliationReport> reports = new ArrayList<>();
            if (statement.isPresent()) {
                reports.add(desk.reconciliation()
                        .withStatement(
                                provider,
                                begin,
                                end,
                                new StatementFile(place.amounts())
                                        .read(context.surroundings().resolve(statement.get()))));
            } else {
                for (WireCurrency wire : adapter.capabilities().currencies()) {
                    reports.add(asked(desk.reconciliation(), wire, begin, end));
                }
            }
            return report(reports);
        });
    }

    private ReconciliationReport asked(Reconciliation reconciliation, WireCurrency wire, Instant begin, Instant end) {
        return reconciliation
                .withList(provider, wire.currency(), begin, end)
                .orElseThrow(() -> CommandFailure.of(
                        ExitCode.IN_DOUBT,
                        "NO_LIST",
                        provider + " did not tell its whole list in " + wire.currency()
                                + ": look again, or give its statement with --statement FILE"));
    }

    private int report(List<ReconciliationReport> reports) {
        List<Line> lines =
                reports.stream().flatMap(report -> report.lines().stream()).toList();
        Document counts = new Document();
        TextTable table = new TextTable("RESULT", "REFERENCE", "PAYOUT", "VALUES");
        for (Verdict verdict : Verdict.values()) {
            counts.with(
                    verdict.name(),
                    lines.stream().filter(line -> line.verdict() == verdict).count());
        }
        for (Line line : lines) {
            if (line.verdict() != Verdict.MATCHED) {
                table.row(
                        line.verdict(),
                        line.reference(),
                        line.key().map(Object::toString).orElse("-"),
                        line.detail());
            }
        }
        boolean isClean = reports.stream().allMatch(ReconciliationReport::isClean);
        long matched =
                lines.stream().filter(line -> line.verdict() == Verdict.MATCHED).count();
        context.output()
                .result(
                        new Document()
                                .with("provider", provider)
                                .with("clean", isClean)
                                .with("counts", counts)
                                .with(
                                        "lines",
                                        lines.stream()
                                                .map(ReconcileCommand::document)
                                                .toList()),
                        table.orIfEmpty("Nothing differs.") + matched + " of " + lines.size() + " match\n");
        return ExitCode.DONE.number();
    }

    private static Document document(Line line) {
        return new Document()
                .with("result", line.verdict())
                .with("reference", line.reference())
                .with("payout", line.payout())
                .with("key", line.key().map(Object::toString))
                .with("entry", line.entry())
                .with("detail", line.detail());
    }
}
