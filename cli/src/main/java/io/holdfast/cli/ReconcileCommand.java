package io.holdfast.cli;

import io.holdfast.payout.ListComparison;
import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.StatementLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast reconcile}. */
@Command(
        name = "reconcile",
        description = {
            "Compares our payouts with what a provider says of them.",
            "Takes the provider's own list, or a statement of it.",
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
            description =
                    "CSV with columns reference, amount and status, and where there are any fee and on (the provider's"
                            + " date); - for standard input; default: the provider is asked")
    private Optional<String> statement = Optional.empty();

    @Option(
            names = "--max-seconds",
            paramLabel = "N",
            defaultValue = "600",
            description =
                    "how long to read the provider's list, which takes calls only so fast; default: ${DEFAULT-VALUE}")
    private int secondsMax = 600;

    ReconcileCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (secondsMax < 0) {
            throw CommandFailure.invalid("--max-seconds " + secondsMax + " is below zero");
        }
        return context.with(place -> {
            Workplace.PayoutDesk desk = place.payoutDesk();
            place.configuration().checkProvider(provider);
            Instant end = to.orElseGet(() -> context.surroundings().clock().instant());
            Instant begin = from.orElse(end.minus(SPAN));
            return report(
                    statement.isEmpty()
                            ? asked(desk.reconciliation(), begin, end)
                            : desk.reconciliation()
                                    .withStatement(provider, begin, end, lines(place.amounts(), statement.get())));
        });
    }

    private List<StatementLine> lines(Amounts amounts, String file) {
        InputFile csv = new InputFile(context.surroundings(), file);
        return csv.read(in -> new StatementFile(amounts).read(in, csv.name()));
    }

    /** Reads on whenever the provider takes calls again: what is read of a list lasts as long as this process. */
    private ReconciliationReport asked(Reconciliation reconciliation, Instant begin, Instant end) {
        long start = System.nanoTime();
        ListComparison comparison = reconciliation.withList(provider, begin, end);
        boolean isTold = false;
        while (comparison instanceof ListComparison.Unfinished unfinished) {
            Duration left = Duration.ofSeconds(secondsMax).minusNanos(System.nanoTime() - start);
            if (unfinished.retryAfter().compareTo(left) > 0) {
                throw unfinished(unfinished);
            }
            if (!isTold) {
                context.output().note("Reading the list of " + provider + " as fast as it takes calls");
                isTold = true;
            }
            LockSupport.parkNanos(unfinished.retryAfter().toNanos());
            comparison = reconciliation.withList(provider, begin, end);
        }
        if (comparison instanceof ListComparison.Untold untold) {
            throw CommandFailure.of(
                    ExitCode.IN_DOUBT,
                    "NO_LIST",
                    provider + " did not tell its whole list (" + untold.detail() + "): give its statement with"
                            + " --statement FILE, or look again if it has a list");
        }
        return ((ListComparison.Compared) comparison).report();
    }

    private CommandFailure unfinished(ListComparison.Unfinished unfinished) {
        return CommandFailure.of(
                ExitCode.IN_DOUBT,
                "LIST_UNFINISHED",
                provider + " takes no more calls for now: " + Counted.of(unfinished.payouts(), "payout")
                        + " of its list " + (unfinished.payouts() == 1 ? "was" : "were") + " read in "
                        + Counted.of(secondsMax, "second")
                        + ", and nothing was compared. Give more with --max-seconds, or a statement"
                        + " with --statement FILE");
    }

    private int report(ReconciliationReport report) {
        List<Line> lines = report.lines();
        Document counts = new Document();
        TextTable table = new TextTable("RESULT", "REFERENCE", "PAYOUT");
        for (Verdict verdict : Verdict.values()) {
            counts.with(verdict.name(), report.count(verdict));
        }
        for (Line line : lines) {
            if (line.verdict() != Verdict.MATCHED) {
                table.row(
                                line.verdict(),
                                line.reference().orElse("-"),
                                line.key().map(Object::toString).orElse("-"))
                        .below(line.detail());
            }
        }
        context.output()
                .result(
                        new Document()
                                .with("provider", provider)
                                .with("clean", report.isClean())
                                .with("counts", counts)
                                .with(
                                        "lines",
                                        lines.stream()
                                                .map(ReconcileCommand::document)
                                                .toList()),
                        table.orIfEmpty("Nothing differs.") + report.count(Verdict.MATCHED) + " of " + lines.size()
                                + " match\n");
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
