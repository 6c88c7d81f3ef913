package io.holdfast.cli;

import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast payout quote}. */
@Command(
        name = "quote",
        description = {
            "Tells what a payout costs, and keeps that as a quote.",
            "`payout send --quote` takes it up; until then nothing is held. A quote is good for one payout. What the provider itself would charge us is asked and shown beside it."
        })
final class PayoutQuoteCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private RecipientOptions who = new RecipientOptions();

    @Mixin
    private PayoutTermsOptions terms = new PayoutTermsOptions();

    PayoutQuoteCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Money money = place.amounts().money(terms.amount());
            Recipient recipient = who.recipient();
            Workplace.PayoutDesk desk = place.payoutDesk();
            PayoutQuote quote = desk.payouts()
                    .quote(new QuoteRequest(who.wallet(money), money, recipient, terms.payer(), terms.provider()));
            String first = quote.routes().get(0);
            Answer<ProviderFee> theirs = desk.providerQuestions().fee(first, quote.amount(), recipient);
            context.output().result(document(quote, theirs), text(quote, theirs));
            return ExitCode.DONE.number();
        });
    }

    private static String text(PayoutQuote quote, Answer<ProviderFee> theirs) {
        StringBuilder text = new StringBuilder();
        PayoutDocument.line(text, "quote", quote.id());
        PayoutDocument.line(text, "amount", quote.amount() + ", fee " + quote.fee() + ", total " + quote.total());
        PayoutDocument.line(text, "provider", quote.routes().get(0));
        PayoutDocument.line(text, "its fee", told(theirs).map(Money::toString).orElseGet(() -> absence(theirs)));
        PayoutDocument.line(text, "good until", quote.expiresAt());
        return text.toString();
    }

    private static Optional<Money> told(Answer<ProviderFee> theirs) {
        return theirs instanceof Answer.Told<ProviderFee> told
                ? Optional.of(told.value().fee())
                : Optional.empty();
    }

    private static String absence(Answer<ProviderFee> theirs) {
        return theirs instanceof Answer.Unavailable<ProviderFee> unavailable
                ? "not told now: " + unavailable.detail()
                : "not told beforehand";
    }

    private static Document document(PayoutQuote quote, Answer<ProviderFee> theirs) {
        return new Document()
                .with("id", quote.id())
                .with("amount", quote.amount())
                .with("fee", quote.fee())
                .with("total", quote.total())
                .with("provider", quote.routes().get(0))
                .with("expiresAt", quote.expiresAt())
                .with("providerFee", told(theirs))
                .with(
                        "providerFeeAbsent",
                        theirs instanceof Answer.Told<ProviderFee> ? Optional.empty() : Optional.of(absence(theirs)));
    }
}
