package io.holdfast.cli;

import io.holdfast.payout.ParkedWebhook;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.WebhookInbox;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast payout parked}. */
@Command(
        name = "parked",
        description = {
            "Lists signed deliveries of providers that concern no payout that is known yet, in the order in which they came.",
            "Each is applied as soon as a payout turns out to have its reference."
        })
final class PayoutParkedCommand implements Callable<Integer> {

    private final CommandContext context;

    @Option(names = "--limit", paramLabel = "N", description = "the most to list; default: ${DEFAULT-VALUE}")
    private int limit = PayoutQuery.FIRST_PAGE.limit();

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "how many to leave out first; default: ${DEFAULT-VALUE}")
    private int offset;

    PayoutParkedCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            WebhookInbox webhooks = place.webhooks();
            List<ParkedWebhook> parked = webhooks.parked(limit, offset);
            long total = webhooks.countParked();
            context.output()
                    .result(
                            new Document()
                                    .with(
                                            "items",
                                            parked.stream()
                                                    .map(PayoutParkedCommand::document)
                                                    .toList())
                                    .with("total", total)
                                    .with("limit", limit)
                                    .with("offset", offset),
                            text(parked, offset, total));
            return ExitCode.DONE.number();
        });
    }

    private static String text(List<ParkedWebhook> parked, int offset, long total) {
        TextTable table = new TextTable(">NUMBER", "PROVIDER", "REFERENCE", "SAYS", "SINCE", "DELIVERY");
        parked.forEach(one -> table.row(
                one.number(),
                one.provider(),
                one.reference().or(one::ourReference).orElse("-"),
                one.outcome(),
                one.receivedAt(),
                one.delivery()));
        return table.orIfEmpty(Paging.nothing("No delivery waits for its payout.", total))
                + Paging.line(offset, parked.size(), total);
    }

    private static Document document(ParkedWebhook parked) {
        return new Document()
                .with("number", parked.number())
                .with("provider", parked.provider())
                .with("delivery", parked.delivery())
                .with("reference", parked.reference())
                .with("ourReference", parked.ourReference())
                .with("outcome", parked.outcome())
                .with("receivedAt", parked.receivedAt());
    }
}
