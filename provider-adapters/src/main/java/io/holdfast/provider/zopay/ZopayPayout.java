package io.holdfast.provider.zopay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.provider.Figure;
import io.holdfast.provider.Json;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.ShownPayout;
import io.holdfast.provider.WireCurrencies;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A payout as Zopay shows it: when executed, when asked, in its list and in its calls to us. {@code totalAmount}, which is
 * amount and fees here and the bare amount in a quote, is not read.
 *
 * @param data the object itself
 * @param settings how it is to be read
 * @param redaction hides the recipient that it names, and what had to be hidden before
 */
record ZopayPayout(JsonNode data, ZopaySettings settings, Redaction redaction) implements ShownPayout {

    /** Adds the recipient that the payout names to what is hidden. */
    ZopayPayout {
        Redaction known = redaction;
        redaction = addressIn(data).map(address -> known.andEchoed(address, "")).orElse(known);
    }

    @Override
    public Optional<String> reference() {
        return Json.reference(Json.first(data, "payout_id", "id"));
    }

    /** Returns Zopay's own word for how it stands; empty if it has none. */
    String status() {
        return Json.text(data.path("status")).orElse("");
    }

    @Override
    public Optional<Money> amount() {
        return money(data.path("amount")).filter(amount -> !amount.isNegative());
    }

    @Override
    public Optional<String> address() {
        return addressIn(data);
    }

    @Override
    public Optional<Instant> createdAt() {
        return Json.instant(Json.first(data, "createdAt", "created_at"));
    }

    /** A call names the sum, a payout both parts: either of them may have a fraction although the sum has none. */
    @Override
    public Figure fee() {
        JsonNode fees = data.hasNonNull("fees") ? data.path("fees") : sum("gatewayFee", "platformFee");
        return Figure.of("fee", fees, money(fees));
    }

    /** Returns the sum of two amounts; where it cannot be told, as many of the two as there are. */
    private JsonNode sum(String one, String other) {
        ObjectNode told = Json.object();
        Stream.of(one, other).filter(data::hasNonNull).forEach(field -> told.set(field, data.path(field)));
        return Json.decimal(data.path(one))
                .flatMap(first -> Json.decimal(data.path(other)).map(first::add))
                .map(BigDecimal::stripTrailingZeros)
                .<JsonNode>map(DecimalNode::valueOf)
                .orElse(told);
    }

    @Override
    public Particulars particulars() {
        Particulars told = basics();
        told = Json.text(data.path("gateway"))
                .map(redaction::clean)
                .map(told::operator)
                .orElse(told);
        return completedAt().or(this::createdAt).map(told::at).orElse(told);
    }

    @Override
    public Outcome standing(String reference, Evidence evidence) {
        if (data.hasNonNull("amount") && amount().isEmpty()) {
            return Outcome.Unknown.unlisted("the amount that Zopay tells cannot be read", evidence);
        }
        return switch (status()) {
            case "PENDING", "PROCESSING", "VERIFYING" -> new Outcome.Accepted(reference, particulars(), evidence);
            case "SUCCESS" -> new Outcome.Succeeded(reference, particulars(), evidence);
            case "FAILED", "CANCELLED" -> failed(reference, evidence);
            default ->
                Outcome.Unknown.unlisted(
                        redaction.clean("Zopay\'s status \"" + status() + "\" is on no table"), evidence);
        };
    }

    /** Zopay's reasons are not documented, so none is guessed, nor that it keeps a fee. */
    private Outcome failed(String reference, Evidence evidence) {
        String why = redaction.clean(
                Json.text(Json.first(data, "failure_reason", "error")).orElse(""));
        FailureReason reason =
                why.isEmpty() && status().equals("FAILED") ? FailureReason.DECLINED : FailureReason.OTHER;
        return new Outcome.Failed(reference, reason, status(), why, Optional.empty(), completedAt(), evidence);
    }

    private Optional<Instant> completedAt() {
        return Json.instant(data.path("completedAt"));
    }

    private static Optional<String> addressIn(JsonNode data) {
        return Json.text(Json.first(data, "recipient_msisdn", "recipientMsisdn"))
                .or(() -> Json.text(data.path("recipient").path("msisdn")));
    }

    private Optional<Money> money(JsonNode amount) {
        JsonNode currency = Json.first(data, "currency");
        return new WireCurrencies(List.of(settings.franc()))
                .decimal(
                        amount,
                        currency.isMissingNode()
                                ? TextNode.valueOf(settings.franc().currency().code())
                                : currency);
    }
}
