package io.holdfast.provider.snippe;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.Json;
import io.holdfast.provider.Redaction;
import java.time.Instant;
import java.util.Optional;

/**
 * A payout as Snippe shows it: in the answer to a create, when asked, in its list and in its calls to us.
 *
 * @param data the object itself
 * @param settings how it is to be read
 * @param redaction hides the recipient that it names, and what had to be hidden before
 */
record SnippePayout(JsonNode data, SnippeSettings settings, Redaction redaction) {

    /** Adds the recipient that the payout names to what is hidden. */
    SnippePayout {
        Redaction known = redaction;
        String name = Json.text(data.path("recipient").path("name")).orElse("");
        redaction =
                addressIn(data).map(address -> known.andEchoed(address, name)).orElse(known);
    }

    Optional<String> reference() {
        return Json.reference(data.path("reference"));
    }

    /** Returns Snippe's own word for how it stands; empty if it has none. */
    String status() {
        return Json.text(data.path("status")).orElse("");
    }

    Optional<String> ourReference() {
        return Json.text(data.path("metadata").path(SnippeCreate.ATTEMPT_ID));
    }

    Optional<String> address() {
        return addressIn(data);
    }

    Optional<Money> amount() {
        return money(data.path("amount"));
    }

    private Optional<Money> fee() {
        return money(data.path("fees")).filter(fee -> !fee.isNegative());
    }

    Optional<Instant> createdAt() {
        return Json.instant(data.path("created_at"));
    }

    Particulars particulars() {
        Particulars told = Particulars.NONE;
        told = amount().map(told::amount).orElse(told);
        told = fee().map(told::chargedFee).orElse(told);
        told = address().map(told::recipient).orElse(told);
        told = ourReference().map(told::reference).orElse(told);
        return Json.instant(data.path("completed_at"))
                .or(this::createdAt)
                .map(told::at)
                .orElse(told);
    }

    /** Returns how a payout with this reference stands. A status that is on no table proves nothing. */
    Outcome outcome(String reference, Evidence evidence) {
        if (data.hasNonNull("amount") && amount().isEmpty()) {
            return new Outcome.Unknown("the amount that Snippe tells cannot be read", evidence);
        }
        return switch (status()) {
            case "pending" -> new Outcome.Accepted(reference, particulars(), evidence);
            case "completed" -> new Outcome.Succeeded(reference, particulars(), evidence);
            case "failed" -> failed(reference, evidence);
            case "reversed" -> reversed(reference, evidence);
            default ->
                new Outcome.Unknown(redaction.clean("Snippe's status \"" + status() + "\" is on no table"), evidence);
        };
    }

    /** Snippe gives amount and fee back, so it keeps none. Its reasons are not documented, so none is guessed. */
    private Outcome failed(String reference, Evidence evidence) {
        String why = redaction.clean(Json.text(data.path("failure_reason")).orElse(""));
        FailureReason reason = why.isEmpty() ? FailureReason.DECLINED : FailureReason.OTHER;
        return new Outcome.Failed(reference, reason, "", why, Optional.empty(), evidence);
    }

    /** Snippe reverses all of a payout. */
    private Outcome reversed(String reference, Evidence evidence) {
        Optional<Money> amount = amount().filter(Money::isPositive);
        Optional<Money> refundedFee = fee().filter(fee -> settings.reversalRefundsFee());
        return amount.isPresent()
                ? new Outcome.Reversed(reference, amount.get(), refundedFee, evidence)
                : new Outcome.Unknown("reversed, but Snippe does not tell how much", evidence);
    }

    private static Optional<String> addressIn(JsonNode data) {
        return Json.text(data.path("recipient").path("phone"))
                .or(() -> Json.text(data.path("recipient").path("account")));
    }

    /** Returns an amount, in whatever currency it is: comparing it is the engine's task. */
    private Optional<Money> money(JsonNode node) {
        WireCurrency shilling = settings.shilling();
        try {
            Optional<WireCurrency> currency = Json.text(node.path("currency"))
                    .map(code ->
                            code.equals(shilling.currency().code()) ? shilling : WireCurrency.of(Currency.of(code), 0));
            return currency.flatMap(wire ->
                    Json.decimal(node.path("value")).map(units -> wire.fromWire(units.movePointLeft(wire.scale()))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
