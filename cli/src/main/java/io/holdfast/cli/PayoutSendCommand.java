package io.holdfast.cli;

import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast payout send}. */
@Command(
        name = "send",
        description = {
            "Requests a payout, and holds its amount and fee on the wallet.",
            "Calls no provider; `payout run` does.",
            "The same key with the same content is requested once; with other content it is refused."
        })
final class PayoutSendCommand implements Callable<Integer> {

    private final CommandContext context;

    @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key")
    private String key = "";

    @Mixin
    private RecipientOptions who = new RecipientOptions();

    @Mixin
    private PayoutTermsOptions terms = new PayoutTermsOptions();

    @Option(names = "--narration", paramLabel = "TEXT", description = "what the recipient reads")
    private Optional<String> narration = Optional.empty();

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    @Option(
            names = "--not-before",
            paramLabel = "INSTANT",
            description = "the earliest time to send it; default: at once")
    private Optional<Instant> notBefore = Optional.empty();

    @Option(names = "--quote", paramLabel = "ID", description = "the quote that settled fee and route")
    private Optional<UUID> quote = Optional.empty();

    PayoutSendCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Money money = place.amounts().money(terms.amount());
            PayoutRequest request = new PayoutRequest(
                    // As in a batch: one payout whichever way it is requested.
                    Key.of(key.strip()),
                    who.wallet(money),
                    money,
                    who.recipient(),
                    terms.payer(),
                    narration.orElse(""),
                    metadata.read(),
                    terms.provider(),
                    notBefore,
                    quote);
            Payout payout = place.payoutDesk().payouts().request(request);
            context.output().result(PayoutDocument.of(payout), PayoutDocument.text(payout));
            return ExitCode.DONE.number();
        });
    }
}
