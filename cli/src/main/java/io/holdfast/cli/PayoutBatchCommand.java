package io.holdfast.cli;

import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.RequestResult;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast payout batch}. */
@Command(
        name = "batch",
        description = {
            "Takes down the payouts of a CSV file, each under its own key. Everything is checked before anything is held.",
            "Columns: key, wallet, to, amount; where needed name, channel, bank, provider, payer, narration, not_before.",
            "The same file again does nothing twice, and goes on where it was broken off."
        })
final class PayoutBatchCommand implements Callable<Integer> {

    private static final int CHUNK = 200;
    private static final int BAR_WIDTH = 30;

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "CSV in UTF-8, whose first line names the columns")
    private String file = "";

    @Option(names = "--all-or-nothing", description = "take down none if one of them is refused")
    private boolean allOrNothing;

    PayoutBatchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Path path = context.surroundings().resolve(file);
            List<BatchRows.Row> rows = new BatchRows(place.amounts()).read(path);
            Payouts payouts = place.payoutDesk().payouts();
            List<Document> wrong = wrong(payouts, rows);
            if (!wrong.isEmpty()) {
                return end(wrong, List.of(), wrong.size(), ExitCode.INVALID);
            }
            List<RequestResult> results =
                    allOrNothing ? together(place, payouts, rows) : asFarAsPossible(payouts, rows);
            return report(rows, results);
        });
    }

    /** Returns what is wrong with rows, all that can be told before anything is held. */
    private static List<Document> wrong(Payouts payouts, List<BatchRows.Row> rows) {
        Map<Long, Document> wrong = new TreeMap<>();
        List<BatchRows.Row> well = new ArrayList<>();
        for (BatchRows.Row row : rows) {
            if (row.request().isPresent()) {
                well.add(row);
            } else {
                wrong.put(row.line(), line(row, "invalid").with("message", String.join("; ", row.objections())));
            }
        }
        for (int from = 0; from < well.size(); from += CHUNK) {
            List<BatchRows.Row> chunk = well.subList(from, Math.min(well.size(), from + CHUNK));
            List<Optional<PayoutRefusal>> refusals = payouts.check(requests(chunk));
            for (int i = 0; i < chunk.size(); i++) {
                BatchRows.Row row = chunk.get(i);
                refusals.get(i).ifPresent(refusal -> wrong.put(row.line(), refused(row, refusal)));
            }
        }
        return List.copyOf(wrong.values());
    }

    private List<RequestResult> asFarAsPossible(Payouts payouts, List<BatchRows.Row> rows) {
        List<RequestResult> results = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += CHUNK) {
            results.addAll(payouts.requestAll(requests(rows.subList(from, Math.min(rows.size(), from + CHUNK)))));
            progress(results.size(), rows.size());
        }
        return results;
    }

    /** Takes them down in one transaction, which is rolled back if one of them is refused. */
    private List<RequestResult> together(Workplace place, Payouts payouts, List<BatchRows.Row> rows) {
        try (Connection connection = place.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            List<RequestResult> results = new ArrayList<>();
            try {
                results = asFarAsPossible(payouts.within(connection), rows);
            } finally {
                boolean isWhole = results.size() == rows.size()
                        && results.stream().allMatch(RequestResult.Requested.class::isInstance);
                if (isWhole) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            }
            return results;
        } catch (SQLException e) {
            throw new IllegalStateException("The database failed: " + e.getMessage(), e);
        }
    }

    private int report(List<BatchRows.Row> rows, List<RequestResult> results) {
        boolean isWhole = results.stream().allMatch(RequestResult.Requested.class::isInstance);
        boolean isUndone = allOrNothing && !isWhole;
        List<Document> lines = new ArrayList<>();
        List<Document> refused = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            BatchRows.Row row = rows.get(i);
            RequestResult result = results.get(i);
            if (result instanceof RequestResult.Requested requested) {
                Document line = isUndone
                        ? line(row, "undone")
                        : line(row, "requested")
                                .with("payout", requested.payout().id());
                lines.add(line);
            } else {
                Document line = result instanceof RequestResult.Refused ruled
                        ? refused(row, ruled.refusal())
                        : line(row, "refused")
                                .withAll(RefusalDocument.of(((RequestResult.RefusedByLedger) result).refusal()));
                lines.add(line);
                refused.add(line);
            }
        }
        return end(lines, refused, refused.size(), isWhole ? ExitCode.DONE : ExitCode.REFUSED);
    }

    private int end(List<Document> lines, List<Document> refused, int failed, ExitCode exit) {
        boolean isChecked = exit != ExitCode.INVALID;
        int requested = isChecked && !(allOrNothing && failed > 0) ? lines.size() - failed : 0;
        Document document = new Document()
                .with("rows", lines)
                .with("requested", requested)
                .with(isChecked ? "refused" : "invalid", failed);
        StringBuilder text = new StringBuilder();
        for (Document line : isChecked ? refused : lines) {
            text.append(JsonText.of(line)).append('\n');
        }
        text.append(
                isChecked
                        ? requested + " payouts are taken down, " + failed + " refused"
                        : failed + " rows are wrong, and nothing was taken down");
        context.output().result(document, text.toString());
        return exit.number();
    }

    private void progress(int done, int all) {
        int filled = (int) ((long) done * BAR_WIDTH / Math.max(1, all));
        context.output().note("[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + done + " of " + all);
    }

    private static Document line(BatchRows.Row row, String result) {
        return new Document().with("line", row.line()).with("key", row.key()).with("result", result);
    }

    private static Document refused(BatchRows.Row row, PayoutRefusal refusal) {
        return line(row, "refused").withAll(RefusalDocument.of(refusal));
    }

    private static List<PayoutRequest> requests(List<BatchRows.Row> rows) {
        return rows.stream().map(row -> row.request().orElseThrow()).toList();
    }
}
