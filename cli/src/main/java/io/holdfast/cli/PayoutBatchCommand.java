package io.holdfast.cli;

import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.RequestResult;
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
            "Requests the payouts of a CSV file, each under its own key.",
            "Everything is checked before anything is held. A row that is wrong, or refused whatever a wallet has, stops the file before anything is requested.",
            "Each payout is one line, with a field for each column, be it an empty one.",
            "Columns: key, wallet, to, amount; where needed these, in any order:",
            "  name, channel, bank, operator, provider, payer, narration, not_before,",
            "  and meta.NAME for each pair of metadata.",
            "The same file again does nothing twice, and goes on where it was broken off."
        })
final class PayoutBatchCommand implements Callable<Integer> {

    private static final int CHUNK = 200;
    private static final int BAR_WIDTH = 30;

    private final CommandContext context;

    @Parameters(
            paramLabel = "FILE",
            description = "CSV in UTF-8, whose first line names the columns; - for standard input")
    private String file = "";

    @Option(names = "--all-or-nothing", description = "request none if one of them is refused")
    private boolean allOrNothing;

    PayoutBatchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            InputFile csv = new InputFile(context.surroundings(), file);
            List<BatchRows.Row> rows = csv.read(in -> new BatchRows(place.amounts()).read(in, csv.name()));
            Payouts payouts = place.payoutDesk().payouts();
            Checked checked = check(payouts, rows);
            if (!checked.invalid().isEmpty()) {
                List<Document> wrong = checked.lines();
                return end(new BatchReport(wrong, wrong, ExitCode.INVALID));
            } else if (!checked.refusedForGood().isEmpty()
                    || (allOrNothing && !checked.refusedNow().isEmpty())) {
                return undone(rows, checked.refused());
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
     * @param invalid what is no request at all
     * @param refusedForGood what would be refused whatever wallets have: nothing is requested before it is corrected
     * @param refusedNow what would be refused as things stand now, by the ledger or a limit
     * @param notes of these, what each first of its kind says
     */
    private record Checked(
            Map<Long, Document> invalid,
            Map<Long, Document> refusedForGood,
            Map<Long, Document> refusedNow,
            List<String> notes) {

        Map<Long, Document> refused() {
            Map<Long, Document> all = new TreeMap<>(refusedForGood);
            all.putAll(refusedNow);
            return all;
        }

        List<Document> lines() {
            Map<Long, Document> all = new TreeMap<>(invalid);
            all.putAll(refused());
            return List.copyOf(all.values());
        }
    }

    /** Returns what is wrong with rows, all that can be told before anything is held. */
    private static Checked check(Payouts payouts, List<BatchRows.Row> rows) {
        Map<Long, Document> invalid = new TreeMap<>();
        List<BatchRows.Row> well = new ArrayList<>();
        for (BatchRows.Row row : rows) {
            if (row.request().isPresent()) {
                well.add(row);
            } else {
                invalid.put(
                        row.line(),
                        line(row, BatchReport.INVALID).with("message", String.join("; ", row.objections())));
            }
        }
        Map<Long, Document> refusedForGood = new TreeMap<>();
        Map<Long, Document> refusedNow = new TreeMap<>();
        Map<String, String> firsts = new LinkedHashMap<>();
        List<Optional<RequestResult.NotRequested>> refusals = payouts.check(requests(well));
        for (int i = 0; i < well.size(); i++) {
            BatchRows.Row row = well.get(i);
            refusals.get(i).ifPresent(refused -> {
                Document line = refused(row, refused);
                if (isLasting(refused)) {
                    refusedForGood.put(row.line(), line);
                } else {
                    refusedNow.put(row.line(), line);
                    firsts.putIfAbsent(
                            subject(row, refused),
                            "From line " + row.line() + " on: "
                                    + refused.refusal().message());
                }
            });
        }
        return new Checked(invalid, refusedForGood, refusedNow, List.copyOf(firsts.values()));
    }

    private int undone(List<BatchRows.Row> rows, Map<Long, Document> refused) {
        List<Document> lines = rows.stream()
                .map(row -> refused.getOrDefault(row.line(), line(row, BatchReport.UNDONE)))
                .toList();
        return end(new BatchReport(lines, List.copyOf(refused.values()), ExitCode.REFUSED));
    }

    private List<RequestResult> asFarAsPossible(Payouts payouts, List<BatchRows.Row> rows) {
        List<RequestResult> results = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += CHUNK) {
            results.addAll(payouts.requestAll(requests(rows.subList(from, Math.min(rows.size(), from + CHUNK)))));
            progress(results.size(), rows.size());
        }
        return results;
    }

    /** Requests them in one transaction, which is rolled back if one of them is refused. */
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
                        ? line(row, BatchReport.UNDONE)
                        : line(row, BatchReport.REQUESTED)
                                .with("payout", requested.payout().id());
                lines.add(line);
            } else {
                Document line = refused(row, (RequestResult.NotRequested) result);
                lines.add(line);
                refused.add(line);
            }
        }
        return end(new BatchReport(lines, refused, isWhole ? ExitCode.DONE : ExitCode.REFUSED));
    }

    private int end(BatchReport report) {
        context.output().result(report.document(), report.text());
        return report.exit().number();
    }

    private void progress(int done, int all) {
        int filled = (int) ((long) done * BAR_WIDTH / Math.max(1, all));
        context.output().note("[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + done + " of " + all);
    }

    private static Document line(BatchRows.Row row, String result) {
        return new Document().with("line", row.line()).with("key", row.key()).with("result", result);
    }

    private static Document refused(BatchRows.Row row, RequestResult.NotRequested result) {
        return line(row, BatchReport.REFUSED).withAll(RefusalDocument.of(result.refusal()));
    }

    /** Tells whether a row is refused whatever a wallet has and whatever else was requested. */
    private static boolean isLasting(RequestResult.NotRequested result) {
        if (result instanceof RequestResult.Refused ruled) {
            boolean isSpent = ruled.refusal() instanceof PayoutRefusal.LimitExceeded limit
                    && limit.subject() != PayoutLimit.Subject.PAYOUT;
            return !isSpent && !(ruled.refusal() instanceof PayoutRefusal.DuplicatePayout);
        }
        return false;
    }

    /** Returns what it is of which a row is the first to be refused: a wallet, a recipient and its limit, a repetition. */
    private static String subject(BatchRows.Row row, RequestResult.NotRequested result) {
        PayoutRequest request = row.request().orElseThrow();
        if (result instanceof RequestResult.Refused ruled
                && ruled.refusal() instanceof PayoutRefusal.LimitExceeded limit) {
            Object whose = limit.subject() == PayoutLimit.Subject.WALLET ? request.wallet() : request.recipient();
            return limit.subject() + " " + limit.span() + " " + whose;
        }
        return result instanceof RequestResult.Refused
                ? "repetition to " + request.recipient()
                : request.wallet().toString();
    }

    private static List<PayoutRequest> requests(List<BatchRows.Row> rows) {
        return rows.stream().map(row -> row.request().orElseThrow()).toList();
    }
}
