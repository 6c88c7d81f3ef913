package io.holdfast.provider.snippe;

import com.fasterxml.jackson.databind.JsonNode;
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
 * A payout as Snippe shows it: in the answer to a create, when asked, in its list and in its calls to us.
 *
 * @param data the object itself
 * @param settings how it is to be read
 * @param redaction hides the recipient that it names, and what had to be hidden before
 */
record SnippePayout(JsonNode data, SnippeSettings settings, Redaction redaction) implements ShownPayout {

    /** Adds the recipient that the payout names to what is hidden. */
    SnippePayout {
        Redaction known = redaction;
        String name = Json.text(data.path("recipient").path("name")).orElse("");
        redaction =
                addressIn(data).map(address -> known.andEchoed(address, name)).orElse(known);
    }

    @Override
    public Optional<String> reference() {
        return Json.reference(data.path("reference"));
    }

    /** Returns Snippe's own word for how it stands; empty if it has none. */
    String status() {
        return Json.text(data.path("status")).orElse("");
    }

    @Override
    public Optional<String> ourReference() {
        return Json.text(data.path("metadata").path(SnippeCreate.ATTEMPT_ID));
    }

    @Override
    public Optional<String> address() {
        return addressIn(data);
    }

    @Override
    public Optional<Money> amount() {
        return money(data.path("amount")).filter(amount -> !amount.isNegative());
    }

    @Override
    public Figure fee() {
        return Figure.of("fee", data.path("fees"), money(data.path("fees")));
    }

    @Override
    public Optional<Instant> createdAt() {
        return Json.instant(data.path("created_at"));
    }

    @Override
    public Particulars particulars() {
        Particulars told = basics();
        told = operator().map(told::operator).orElse(told);
        return Json.instant(data.path("completed_at"))
                .or(this::createdAt)
                .map(told::at)
                .orElse(told);
    }

    /** Returns the mobile operator; where a bank is paid, the same field names something else. */
    private Optional<String> operator() {
        JsonNode channel = data.path("channel");
        return Json.text(channel.path("provider"))
                .filter(named -> channel.path("type").asText().startsWith("mobile"))
                .map(redaction::clean);
    }

    @Override
    public Outcome standing(String reference, Evidence evidence) {
        if (data.hasNonNull("amount") && amount().isEmpty()) {
            return Outcome.Unknown.unlisted("the amount that Snippe tells cannot be read", evidence);
        }
        return switch (status()) {
            case "pending" -> new Outcome.Accepted(reference, particulars(), evidence);
            case "completed" -> new Outcome.Succeeded(reference, particulars(), evidence);
            case "failed" -> failed(reference, evidence);
            case "reversed" -> reversed(reference, evidence);
            default ->
                Outcome.Unknown.unlisted(
                        redaction.clean("Snippe\'s status \"" + status() + "\" is on no table"), evidence);
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
        Optional<Money> refundedFee = fee().money().filter(fee -> settings.reversalRefundsFee());
        return amount.isPresent()
                ? new Outcome.Reversed(reference, amount.get(), refundedFee, evidence)
                : Outcome.Unknown.unlisted("reversed, but Snippe does not tell how much", evidence);
    }

    private static Optional<String> addressIn(JsonNode data) {
        return Json.text(data.path("recipient").path("phone"))
                .or(() -> Json.text(data.path("recipient").path("account")));
    }

    private Optional<Money> money(JsonNode node) {
        return new WireCurrencies(List.of(settings.shilling())).units(node.path("value"), node.path("currency"));
    }
}
