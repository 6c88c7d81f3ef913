package io.holdfast.cli;

import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.spi.WebhookDelivery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast payout webhook}. */
@Command(
        name = "webhook",
        description = {
            "Takes in one delivery of a provider, as a host's endpoint would.",
            "Give its headers, and its body byte by byte. What is not signed as it should be is refused and leaves nothing behind."
        })
final class PayoutWebhookCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "PROVIDER", description = "the provider's name in the configuration")
    private String provider = "";

    @Option(names = "--header", paramLabel = "'NAME: VALUE'", description = "a header of the call; may be repeated")
    private List<String> headers = List.of();

    @Option(
            names = "--body",
            paramLabel = "FILE",
            required = true,
            description = "the body as it came; - for standard input")
    private String body = "";

    PayoutWebhookCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        WebhookDelivery delivery = new WebhookDelivery(
                named(), bytes(), context.surroundings().clock().instant());
        return context.with(place -> {
            WebhookReceipt receipt = place.payoutDesk().webhooks().receive(provider, delivery);
            if (!receipt.isAccepted()) {
                String message = "The webhook is not to be believed: " + receipt.detail();
                throw CommandFailure.refused(
                        new Document()
                                .with("refused", "WEBHOOK_REFUSED")
                                .with("provider", provider)
                                .with("message", message),
                        "WEBHOOK_REFUSED: " + message);
            }
            String result = receipt.kind().name().toLowerCase(Locale.ROOT);
            context.output()
                    .result(
                            new Document()
                                    .with("provider", provider)
                                    .with("result", result)
                                    .with("payout", receipt.payout())
                                    .with("detail", receipt.detail()),
                            result
                                    + receipt.payout()
                                            .map(id -> " to payout " + id)
                                            .orElse("") + ": " + receipt.detail());
            return ExitCode.DONE.number();
        });
    }

    private Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw CommandFailure.invalid(
                        "--header \"" + Excerpts.of(header, 40) + "\" is not a name, a colon and a value");
            }
            String name = header.substring(0, colon).strip();
            if (named.put(name, header.substring(colon + 1).strip()) != null) {
                throw CommandFailure.invalid("--header " + Excerpts.of(name, 40) + " is given twice");
            }
        }
        return named;
    }

    private byte[] bytes() {
        return new InputFile(context.surroundings(), body).read(in -> in.readNBytes(WebhookDelivery.BODY_MAX + 1));
    }
}
