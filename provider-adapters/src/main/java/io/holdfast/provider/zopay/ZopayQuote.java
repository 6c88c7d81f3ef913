package io.holdfast.provider.zopay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.WireCurrencies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads Zopay's answer to the question for a quote. Its own sample has numbers that do not fit, so they are checked: what
 * the recipient gets is what was asked for, and what we are charged is that and the fees.
 */
final class ZopayQuote {

    private final ZopaySettings settings;
    private final ZopayAnswers answers;

    ZopayQuote(ZopaySettings settings, ZopayAnswers answers) {
        this.settings = settings;
        this.answers = answers;
    }

    /** Returns what came of asking. It moved no money, so whatever is not understood is asked again. */
    Preparation read(HttpResult result, Money asked, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return result.match(new HttpResult.Cases<>() {
            @Override
            public Preparation answered(HttpResult.Answered answer) {
                return answer.isSuccess() ? quoted(answer, asked, redaction) : refused(answer, reading);
            }

            @Override
            public Preparation notSent(HttpResult.NotSent nothing) {
                return postponed(redaction.clean(nothing.detail()), Evidence.NONE);
            }

            @Override
            public Preparation lost(HttpResult.Lost lost) {
                return postponed(redaction.clean(lost.detail()), Evidence.NONE);
            }
        });
    }

    private static Preparation postponed(String detail, Evidence evidence) {
        return new Preparation.Postponed(Optional.empty(), detail, evidence);
    }

    private Preparation refused(HttpResult.Answered answer, Reading reading) {
        Outcome outcome = answers.refused(answer, reading);
        return outcome instanceof Outcome.Rejected rejected
                ? new Preparation.Refused(
                        rejected.reason(), rejected.providerCode(), rejected.detail(), rejected.evidence())
                : new Preparation.Postponed(
                        ZopayAnswers.wait(answer), "no quote: HTTP " + answer.status(), outcome.evidence());
    }

    private Preparation quoted(HttpResult.Answered answer, Money asked, Redaction redaction) {
        Evidence evidence = redaction.evidence(answer);
        Optional<JsonNode> read = Json.read(answer.text());
        Optional<String> id = read.flatMap(quote -> Json.reference(quote.path("quote_id")));
        if (read.isEmpty() || id.isEmpty()) {
            return postponed("HTTP " + answer.status() + " without a quote_id", evidence);
        }
        JsonNode quote = read.get();
        JsonNode fees = quote.path("fees").isObject() ? quote.path("fees") : quote;
        Optional<Money> gatewayFee = money(quote, fees, "gateway_fee");
        Optional<Money> platformFee = money(quote, fees, "platform_fee");
        Optional<Money> received = money(quote, quote, "total_amount");
        Optional<Money> debited = money(quote, quote, "net_to_merchant");
        if (gatewayFee.isEmpty() || platformFee.isEmpty() || received.isEmpty() || debited.isEmpty()) {
            return oddity("a quote without gateway_fee, platform_fee, total_amount or net_to_merchant", evidence);
        }
        Money fee = gatewayFee.get().plus(platformFee.get());
        Money debit = debited.get().isNegative() ? debited.get().negate() : debited.get();
        if (fee.isNegative() || !received.get().equals(asked) || !debit.equals(asked.plus(fee))) {
            return oddity(
                    "a quote for " + asked + " pays out " + received.get() + " and charges " + debit + " with fees of "
                            + fee,
                    evidence);
        }
        return new Preparation.Ready(
                id.get(), Optional.of(new ProviderFee(asked, fee)), Optional.of(expiry(quote)), evidence);
    }

    private static Preparation oddity(String detail, Evidence evidence) {
        return new Preparation.Refused(FailureReason.OTHER, "QUOTE_MISMATCH", detail, evidence);
    }

    /** No quote is used for longer than the documents say that one lives. */
    private Instant expiry(JsonNode quote) {
        Instant now = settings.freshness().clock().instant();
        Instant latest = now.plus(ZopaySettings.QUOTE_LIFE_MAX);
        return Json.instant(quote.path("expires_at"))
                .map(told -> told.isAfter(latest) ? latest : told)
                .orElse(now.plus(settings.quoteLife()));
    }

    private Optional<Money> money(JsonNode quote, JsonNode data, String field) {
        JsonNode currency = Json.first(quote, "currency");
        return new WireCurrencies(List.of(settings.franc()))
                .decimal(
                        data.path(field),
                        currency.isMissingNode()
                                ? TextNode.valueOf(settings.franc().currency().code())
                                : currency)
                .filter(amount -> amount.currency().equals(settings.franc().currency()));
    }
}
