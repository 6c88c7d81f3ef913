package io.holdfast.cli;

import io.holdfast.ledger.Key;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.Payouts;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast payout ...}. */
@Command(
        name = "payout",
        description = "Pays out from wallets through providers.",
        subcommands = {
            PayoutQuoteCommand.class,
            PayoutSendCommand.class,
            PayoutBatchCommand.class,
            PayoutRunCommand.class,
            PayoutListCommand.class,
            PayoutWebhookCommand.class,
            PayoutParkedCommand.class,
            PayoutReviewCommands.Resolve.class,
            PayoutReviewCommands.Confirm.class,
            PayoutItemCommands.Items.class,
            PayoutItemCommands.Close.class,
            PayoutItemCommands.Collect.class,
            PayoutItemCommands.WriteOff.class
        })
final class PayoutCommands {

    private final CommandContext context;

    PayoutCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "show",
            description = {
                "Shows a payout, why it is in doubt, and what people have said.",
                "That is who agreed, and what became of it as somebody found out and another confirms.",
                "A provider's reference is written as snippe:667c9279, after its name."
            })
    int show(
            @Parameters(
                            paramLabel = "KEY|ID|PROVIDER:REFERENCE",
                            description = "its key, its id or a provider's reference")
                    String name,
            @Option(names = "--history", description = "everything that happened to it, with evidence and entries")
                    boolean history) {
        return context.with(place -> {
            Payouts payouts = place.payouts();
            PayoutPeople shown = new PayoutPeople(payouts, found(payouts, name));
            context.output().result(shown.document(history), shown.text(history));
            return ExitCode.DONE.number();
        });
    }

    @Command(
            name = "approve",
            description = {
                "Agrees to a payout that waits for it.",
                "Whoever requested it cannot. Two who agree are two logins of the database, whatever --actor says."
            })
    int approve(@Parameters(paramLabel = "KEY|ID", description = "its key or its id") String name) {
        return context.with(place -> {
            Payouts payouts = place.payouts();
            return show(payouts.approve(found(payouts, name).id()));
        });
    }

    @Command(name = "refuse", description = "Cancels a payout that waits for agreement.")
    int refuse(@Parameters(paramLabel = "KEY|ID", description = "its key or its id") String name) {
        return context.with(place -> {
            Payouts payouts = place.payouts();
            return show(payouts.refuse(found(payouts, name).id()));
        });
    }

    @Command(
            name = "cancel",
            description = {
                "Cancels a payout for which nothing can have been paid.",
                "It is refused unless all that was sent for it is known to have created nothing."
            })
    int cancel(@Parameters(paramLabel = "KEY|ID", description = "its key or its id") String name) {
        return context.with(place -> {
            Payouts payouts = place.payouts();
            return show(payouts.cancel(found(payouts, name).id()));
        });
    }

    private int show(Payout payout) {
        context.output().result(PayoutDocument.of(payout), PayoutDocument.text(payout));
        return ExitCode.DONE.number();
    }

    /** Returns a payout by its key, else by its id, else by a provider's name and the reference that it gave. */
    static Payout found(Payouts payouts, String given) {
        String name = given.strip();
        return payouts.find(new Key(name))
                .or(() -> id(name).flatMap(payouts::find))
                .or(() -> referred(payouts, name))
                .orElseThrow(() -> new PayoutRefusedException(new PayoutRefusal.PayoutNotFound(Excerpts.of(name, 60))));
    }

    private static Optional<Payout> referred(Payouts payouts, String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? Optional.empty() : payouts.find(name.substring(0, colon), name.substring(colon + 1));
    }

    private static Optional<UUID> id(String name) {
        try {
            return Optional.of(UUID.fromString(name));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
