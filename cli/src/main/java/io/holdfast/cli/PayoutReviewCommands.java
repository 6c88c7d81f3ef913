package io.holdfast.cli;

import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.Resolution;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How two people say what became of a payout: {@code holdfast payout resolve} and {@code holdfast payout confirm}. */
final class PayoutReviewCommands {

    private static final int TEXT_MAX = 5_000;

    private PayoutReviewCommands() {}

    private static int show(CommandContext context, Payouts payouts, Payout payout, int number) {
        List<PayoutResolution> all = payouts.resolutions(payout.id());
        PayoutResolution resolution = all.get(number - 1);
        context.output()
                .result(
                        PayoutDocument.of(payout).with("resolution", PayoutPeople.document(resolution)),
                        PayoutDocument.text(payout) + PayoutPeople.text(payout, all, resolution));
        return ExitCode.DONE.number();
    }

    /** {@code holdfast payout resolve}. */
    @Command(
            name = "resolve",
            description = {
                "Says what became of a payout, as a person found out.",
                "Of one in review: whether it was paid. Of one that has ended: that it came back, was paid after all, or under"
                        + " which --reference it was paid.",
                "Nothing moves before another login confirms it: the login of the database counts, whatever --actor says."
            })
    static final class Resolve implements Callable<Integer> {

        private final CommandContext context;

        @Parameters(paramLabel = "KEY|ID", description = "its key or its id")
        private String name = "";

        @Option(names = "--as", paramLabel = "VERDICT", required = true, description = "succeeded or failed")
        private Resolution.Verdict verdict = Resolution.Verdict.FAILED;

        @Option(names = "--evidence", paramLabel = "TEXT", required = true, description = "how it is known")
        private String evidence = "";

        @Option(
                names = "--reference",
                paramLabel = "REFERENCE",
                description = "the provider's, if one was found; needed if its money was given back")
        private Optional<String> reference = Optional.empty();

        @Option(
                names = "--fee",
                paramLabel = "AMOUNT",
                description = "what the provider charged in all, \"TZS 100\" or 100")
        private Optional<String> fee = Optional.empty();

        @Option(
                names = "--on",
                paramLabel = "DATE",
                description = "the provider's date of it, if one was found, from its request on")
        private Optional<LocalDate> on = Optional.empty();

        Resolve(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return context.with(place -> {
                Payouts payouts = place.payouts();
                Payout payout = PayoutCommands.found(payouts, name);
                Resolution said = new Resolution(
                        verdict,
                        evidence,
                        reference,
                        fee.map(text -> place.amounts().money(payout.amount().currency(), text)),
                        on);
                PayoutResolution resolution = payouts.resolve(payout.id(), said);
                return show(context, payouts, PayoutCommands.found(payouts, name), resolution.number());
            });
        }
    }

    /** {@code holdfast payout confirm}. */
    @Command(
            name = "confirm",
            description = {
                "Carries out what another login said became of a payout.",
                "Takes the configuration of its provider, which says how the provider charges its fee."
            })
    static final class Confirm implements Callable<Integer> {

        private final CommandContext context;

        @Parameters(paramLabel = "KEY|ID", description = "its key or its id")
        private String name = "";

        @Option(
                names = "--resolution",
                paramLabel = "N",
                description = "which resolution, as `payout resolve` printed it; default: the only one")
        private Optional<Integer> resolution = Optional.empty();

        Confirm(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            return context.with(place -> {
                Payouts payouts = place.payoutDesk().payouts();
                Payout payout = PayoutCommands.found(payouts, name);
                int number = resolution.orElseGet(() -> only(payout, payouts.resolutions(payout.id())));
                Payout confirmed = payouts.confirm(payout.id(), number);
                return show(context, payouts, confirmed, number);
            });
        }

        /** Returns the resolution that is meant if none is named: one that replaced another may not have been read yet. */
        private static int only(Payout payout, List<PayoutResolution> resolutions) {
            if (resolutions.isEmpty()) {
                throw new PayoutRefusedException(new PayoutRefusal.NothingToConfirm(
                        payout.key(),
                        1,
                        "nobody has said what became of it; `holdfast payout resolve " + PayoutAdvice.name(payout)
                                + "` does, then another login confirms it"));
            }
            PayoutResolution latest = resolutions.get(resolutions.size() - 1);
            if (latest.isPending() && resolutions.size() > 1) {
                throw replaced(payout, resolutions, latest);
            }
            return latest.number();
        }

        private static CommandFailure replaced(Payout payout, List<PayoutResolution> all, PayoutResolution pending) {
            String message = "What became of payout \"" + payout.key()
                    + "\" was said more than once. What is pending is resolution "
                    + Excerpts.of(PayoutPeople.sentence(payout, all, pending), TEXT_MAX);
            Document document = new Document()
                    .with("refused", "RESOLUTION_REPLACED")
                    .with("key", payout.key().value())
                    .with("resolution", PayoutPeople.document(pending))
                    .with("message", message);
            return CommandFailure.refused(document, "RESOLUTION_REPLACED: " + message);
        }
    }
}
