package io.holdfast.cli;

import io.holdfast.audit.CheckResult;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Verification;
import io.holdfast.audit.Verifier;
import io.holdfast.payout.engine.PayoutEngine;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.ObjLongConsumer;
import picocli.CommandLine.Command;

/** {@code holdfast verify}. */
@Command(
        name = "verify",
        description = {
            "Checks every invariant of the ledger and its payouts.",
            "Names what contradicts, and changes nothing. Exit code 3 if something does."
        })
final class VerifyCommand implements Callable<Integer> {

    private final CommandContext context;

    VerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Verification verification = verify(place, new Progress(context.output()));
            context.output().result(document(verification), text(verification));
            return (verification.ok() ? ExitCode.DONE : ExitCode.BROKEN).number();
        });
    }

    static Verification verify(Workplace place, ObjLongConsumer<String> progress) {
        return Verifier.over(place.dataSource())
                .and(PayoutEngine.checks())
                .progress(progress)
                .verify(place.ledger().name());
    }

    static String text(Verification verification) {
        TextTable table = new TextTable("CHECK", ">EXAMINED", "RESULT");
        StringBuilder failures = new StringBuilder();
        for (CheckResult check : verification.checks()) {
            table.row(check.name(), check.examined(), check.ok() ? "ok" : check.failureCount() + " failures");
            for (Failure failure : check.failures()) {
                failures.append("  ")
                        .append(TextWidth.oneLine(failure.toString()))
                        .append('\n');
            }
        }
        String end = verification.ok()
                ? "Everything holds in ledger " + verification.ledger() + ".\n"
                : "The integrity of ledger " + verification.ledger() + " does not hold:\n" + failures;
        return table + end;
    }

    private static Document document(Verification verification) {
        return new Document()
                .with("ok", verification.ok())
                .with(
                        "checks",
                        verification.checks().stream()
                                .map(VerifyCommand::document)
                                .toList());
    }

    private static Document document(CheckResult check) {
        return new Document()
                .with("name", check.name())
                .with("ok", check.ok())
                .with("examined", check.examined())
                .with("failureCount", check.failureCount())
                .with(
                        "failures",
                        check.failures().stream()
                                .map(failure -> new Document()
                                        .with("subject", failure.subject())
                                        .with("field", failure.field())
                                        .with("expected", failure.expected())
                                        .with("found", failure.found()))
                                .toList());
    }

    /** Tells once a second how far a verification is that takes longer. */
    private static final class Progress implements ObjLongConsumer<String> {

        private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

        private final Output output;
        private long told = System.nanoTime();

        Progress(Output output) {
            this.output = output;
        }

        @Override
        public void accept(String check, long examined) {
            long now = System.nanoTime();
            if (now - told >= PAUSE_NANOS) {
                told = now;
                output.note(check + ": " + examined + " examined");
            }
        }
    }
}
