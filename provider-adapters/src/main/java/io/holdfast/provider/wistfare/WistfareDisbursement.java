package io.holdfast.provider.wistfare;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A disbursement as Wistfare shows it: in the words of its page, or of one of its SDKs.
 *
 * @param data the object itself
 * @param settings how it is to be read
 * @param redaction hides the recipient that it names, and what had to be hidden before
 */
record WistfareDisbursement(JsonNode data, WistfareSettings settings, Redaction redaction) implements ShownPayout {

    /** Adds the recipient that the disbursement names to what is hidden. */
    WistfareDisbursement {
        Redaction known = redaction;
        redaction = addressIn(data).map(address -> known.andEchoed(address, "")).orElse(known);
    }

    @Override
    public Optional<String> reference() {
        return Json.reference(Json.first(data, "id", "disbursement_id", "disbursementId"));
    }

    @Override
    public Optional<String> ourReference() {
        return Json.text(Json.first(data, "referenceId", "reference_id"));
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

    @Override
    public Figure fee() {
        JsonNode fee = Json.first(data, "feeAmount", "fee_amount");
        return Figure.of("fee", fee, money(fee));
    }

    @Override
    public Figure received() {
        JsonNode net = Json.first(data, "netAmount", "net_amount");
        return Figure.of("net amount", net, money(net));
    }

    @Override
    public Particulars particulars() {
        Particulars told = basics();
        return changedAt().or(this::createdAt).map(told::at).orElse(told);
    }

    @Override
    public Outcome standing(String reference, Evidence evidence) {
        if (data.hasNonNull("amount") && amount().isEmpty()) {
            return Outcome.Unknown.unlisted("the amount that Wistfare tells cannot be read", evidence);
        }
        String status = Json.text(data.path("status")).orElse("");
        return switch (status) {
            case "pending", "processing" -> new Outcome.Accepted(reference, particulars(), evidence);
            case "completed" -> new Outcome.Succeeded(reference, particulars(), evidence);
            case "failed" -> failed(reference, evidence);
            case "refunded" -> refunded(reference, evidence);
            default ->
                Outcome.Unknown.unlisted(
                        redaction.clean("Wistfare\'s status \"" + status + "\" is on no table"), evidence);
        };
    }

    /** Wistfare's reasons are not documented, so none is guessed, nor that it keeps a fee. */
    private Outcome failed(String reference, Evidence evidence) {
        String why = redaction.clean(
                Json.text(Json.first(data, "failureReason", "failure_reason")).orElse(""));
        FailureReason reason = why.isEmpty() ? FailureReason.DECLINED : FailureReason.OTHER;
        return new Outcome.Failed(reference, reason, "", why, Optional.empty(), changedAt(), evidence);
    }

    /** That a refund gives all of it back is assumed: no document says so. The fee that is shown is what was charged. */
    private Outcome refunded(String reference, Evidence evidence) {
        Optional<Money> amount = amount().filter(Money::isPositive);
        Optional<Money> refundedFee = fee().money().filter(fee -> settings.reversalRefundsFee());
        return amount.isPresent()
                ? new Outcome.Reversed(reference, amount.get(), refundedFee, changedAt(), evidence)
                : Outcome.Unknown.unlisted("refunded, but Wistfare does not tell how much", evidence);
    }

    private Optional<Instant> changedAt() {
        return Json.instant(Json.first(data, "updatedAt", "updated_at"));
    }

    private static Optional<String> addressIn(JsonNode data) {
        return Json.text(Json.first(data, "destinationRef", "destination_ref", "customer_phone"));
    }

    /** Some answers leave the currency out, and there is only one. */
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
