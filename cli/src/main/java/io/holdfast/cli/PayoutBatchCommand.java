package io.holdfast.cli;

import io.holdfast.ledger.Refusal;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.RequestResult;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
            "Columns: key, wallet, to, amount; where needed name, channel, bank, operator, provider, payer, narration, not_before,",
            "and meta.NAME for each pair of metadata.",
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
            Checked checked = check(payouts, rows);
            if (!checked.isWellFormed()) {
                List<Document> wrong = checked.lines();
                return end(wrong, List.of(), wrong.size(), ExitCode.INVALID);
            } else if (allOrNothing && !checked.refusedByLedger().isEmpty()) {
                return undone(rows, checked.refusedByLedger());
            }
            checked.notes().forEach(context.output()::note);
            List<RequestResult> results =
                    allOrNothing ? together(place, payouts, rows) : asFarAsPossible(payouts, rows);
            return report(rows, results);
        });
    }

    /**
     * What is wrong with rows, by their lines.
     *
     * @param wrong what nobody can take down
     * @param refusedByLedger what the ledger would refuse as things stand now
     * @param notes of these, what each wallet's first says
     */
    private record Checked(Map<Long, Document> wrong, Map<Long, Document> refusedByLedger, List<String> notes) {

        boolean isWellFormed() {
            return wrong.isEmpty();
        }

        List<Document> lines() {
            Map<Long, Document> all = new TreeMap<>(wrong);
            all.putAll(refusedByLedger);
            return List.copyOf(all.values());
        }
    }

    /** Returns what is wrong with rows, all that can be told before anything is held. */
    private static Checked check(Payouts payouts, List<BatchRows.Row> rows) {
        Map<Long, Document> wrong = new TreeMap<>();
        List<BatchRows.Row> well = new ArrayList<>();
        for (BatchRows.Row row : rows) {
            if (row.request().isPresent()) {
                well.add(row);
            } else {
                wrong.put(row.line(), line(row, "invalid").with("message", String.join("; ", row.objections())));
            }
        }
        Map<Long, Document> refusedByLedger = new TreeMap<>();
        Map<String, String> firstOfWallet = new LinkedHashMap<>();
        List<Optional<RequestResult.NotRequested>> refusals = payouts.check(requests(well));
        for (int i = 0; i < well.size(); i++) {
            BatchRows.Row row = well.get(i);
            refusals.get(i).ifPresent(refused -> {
                if (refused instanceof RequestResult.RefusedByLedger ledger) {
                    refusedByLedger.put(row.line(), refused(row, ledger.refusal()));
                    firstOfWallet.putIfAbsent(
                            row.request().orElseThrow().wallet().toString(),
                            "From line " + row.line() + " on: "
                                    + ledger.refusal().message());
                } else {
                    wrong.put(row.line(), refused(row, ((RequestResult.Refused) refused).refusal()));
                }
            });
        }
        return new Checked(wrong, refusedByLedger, List.copyOf(firstOfWallet.values()));
    }

    private int undone(List<BatchRows.Row> rows, Map<Long, Document> refused) {
        List<Document> lines = rows.stream()
                .map(row -> refused.getOrDefault(row.line(), line(row, "undone")))
                .toList();
        return end(lines, List.copyOf(refused.values()), refused.size(), ExitCode.REFUSED);
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
                        : refused(row, ((RequestResult.RefusedByLedger) result).refusal());
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

    private static Document refused(BatchRows.Row row, Refusal refusal) {
        return line(row, "refused").withAll(RefusalDocument.of(refusal));
    }

    private static List<PayoutRequest> requests(List<BatchRows.Row> rows) {
        return rows.stream().map(row -> row.request().orElseThrow()).toList();
    }
}
