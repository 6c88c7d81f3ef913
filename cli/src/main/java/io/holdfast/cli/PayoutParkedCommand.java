package io.holdfast.cli;

import io.holdfast.payout.ParkedWebhook;
import io.holdfast.payout.WebhookInbox;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast payout parked}. */
@Command(
        name = "parked",
        description = {
            "Lists signed deliveries whose payout is not known yet.",
            "They stand in the order in which they came. Each is applied as soon as a payout turns out to have its reference."
        })
final class PayoutParkedCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private PageOptions page = new PageOptions();

    PayoutParkedCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            WebhookInbox webhooks = place.webhooks();
            List<ParkedWebhook> parked = webhooks.parked(page.limit(), page.offset());
            long total = webhooks.countParked();
            context.output()
                    .result(
                            page.document(
                                    parked.stream()
                                            .map(PayoutParkedCommand::document)
                                            .toList(),
                                    total),
                            text(parked, total));
            return ExitCode.DONE.number();
        });
    }

    private String text(List<ParkedWebhook> parked, long total) {
        TextTable table = new TextTable(">NUMBER", "PROVIDER", "REFERENCE", "SAYS", "SINCE", "DELIVERY");
        parked.forEach(one -> table.row(
                one.number(),
                one.provider(),
                one.reference().or(one::ourReference).orElse("-"),
                one.outcome(),
                one.receivedAt(),
                one.delivery()));
        return page.text(table, "No delivery waits for its payout.", parked.size(), total);
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
