package io.holdfast.cli;

import io.holdfast.ledger.Money;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.QuoteRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast payout quote}. */
@Command(
        name = "quote",
        description = {
            "Tells what a payout costs that is sent with --quote before it expires. Holds nothing.",
            "A quote is good for one payout."
        })
final class PayoutQuoteCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private RecipientOptions who = new RecipientOptions();

    @Option(names = "--amount", paramLabel = "AMOUNT", required = true, description = "such as \"TZS 5000.00\"")
    private String amount = "";

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            description = "the only route; default: the configured routes")
    private Optional<String> provider = Optional.empty();

    @Option(
            names = "--payer",
            paramLabel = "PAYER",
            defaultValue = "sender",
            description = "who bears our fee, sender or recipient; default: ${DEFAULT-VALUE}")
    private Payer payer = Payer.SENDER;

    PayoutQuoteCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Money money = place.amounts().money(amount);
            PayoutQuote quote = place.payoutDesk()
                    .payouts()
                    .quote(new QuoteRequest(who.wallet(money), money, who.recipient(), payer, provider));
            String text = "Quote " + quote.id() + ": " + quote.amount() + ", fee " + quote.fee() + ", total "
                    + quote.total() + ", by " + quote.routes().get(0) + ", until " + quote.expiresAt();
            context.output().result(document(quote), text);
            return ExitCode.DONE.number();
        });
    }

    private static Document document(PayoutQuote quote) {
        return new Document()
                .with("id", quote.id())
                .with("amount", quote.amount())
                .with("fee", quote.fee())
                .with("total", quote.total())
                .with("provider", quote.routes().get(0))
                .with("expiresAt", quote.expiresAt());
    }
}
