package io.holdfast.provider.zopay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.provider.Figure;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.WireCurrencies;
import java.math.BigDecimal;
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
        Optional<BigDecimal> gatewayFee = Json.decimal(fees.path("gateway_fee"));
        Optional<BigDecimal> platformFee = Json.decimal(fees.path("platform_fee"));
        Optional<BigDecimal> received = Json.decimal(quote.path("total_amount"));
        Optional<BigDecimal> debited = Json.decimal(quote.path("net_to_merchant"));
        if (gatewayFee.isEmpty() || platformFee.isEmpty() || received.isEmpty() || debited.isEmpty()) {
            return oddity("a quote without gateway_fee, platform_fee, total_amount or net_to_merchant", evidence);
        }
        BigDecimal fee = gatewayFee.get().add(platformFee.get());
        boolean fits = received.get().compareTo(asked.toDecimal()) == 0
                && debited.get().abs().compareTo(asked.toDecimal().add(fee)) == 0;
        if (fee.signum() < 0 || !fits || !isIn(asked.currency(), quote)) {
            return oddity(
                    "a quote for " + asked + " pays out " + received.get() + " and charges " + debited.get()
                            + " with fees of " + fee,
                    evidence);
        }
        Figure told = fee(fee);
        return new Preparation.Ready(
                id.get(),
                told.money().map(money -> new ProviderFee(asked, money)),
                Optional.of(expiry(quote)),
                told.objection().map(evidence::alert).orElse(evidence));
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

    private static boolean isIn(Currency currency, JsonNode quote) {
        return !quote.hasNonNull("currency") || quote.path("currency").asText().equals(currency.code());
    }

    /** A fee with a fraction is no money; what it comes to is checked all the same. */
    private Figure fee(BigDecimal fee) {
        JsonNode told = DecimalNode.valueOf(fee.stripTrailingZeros());
        JsonNode code = TextNode.valueOf(settings.franc().currency().code());
        return Figure.of("fee", told, new WireCurrencies(List.of(settings.franc())).decimal(told, code));
    }
}
