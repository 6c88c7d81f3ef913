package io.holdfast.provider.nkwa;

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
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A payment as Nkwa shows it. Its words for how one stands are read in any case, for its documents disagree.
 *
 * @param data the object itself
 * @param settings how it is to be read
 * @param redaction hides the recipient that it names, and what had to be hidden before
 */
record NkwaPayment(JsonNode data, NkwaSettings settings, Redaction redaction) implements ShownPayout {

    private static final Pattern OURS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[1-9][0-9]{0,8}");

    /** Adds the recipient that the payment names to what is hidden. */
    NkwaPayment {
        Redaction known = redaction;
        redaction = Json.text(data.path("phoneNumber"))
                .map(address -> known.andEchoed(address, ""))
                .orElse(known);
    }

    @Override
    public Optional<String> reference() {
        return Json.reference(data.path("id"));
    }

    /**
     * Integrators read back what they sent beside the documented fields. As no document promises that, only a text counts that
     * can be nothing but our reference.
     */
    @Override
    public Optional<String> ourReference() {
        return settings.referenceFields().stream()
                .sorted()
                .flatMap(field -> Json.text(data.path(field)).stream())
                .filter(text -> OURS.matcher(text).matches())
                .findFirst();
    }

    /** Returns Nkwa's own word for how it stands, in lower case; empty if it has none. */
    String status() {
        return Json.text(data.path("status")).orElse("").toLowerCase(Locale.ROOT);
    }

    boolean isDisbursement() {
        return data.path("paymentType").asText("disbursement").equalsIgnoreCase("disbursement");
    }

    @Override
    public Optional<Money> amount() {
        return money("amount").filter(amount -> !amount.isNegative());
    }

    @Override
    public Optional<String> address() {
        return Json.text(data.path("phoneNumber"));
    }

    @Override
    public Optional<Instant> createdAt() {
        return Json.instant(data.path("createdAt"));
    }

    @Override
    public Figure fee() {
        return Figure.of("fee", data.path("fee"), money("fee"));
    }

    @Override
    public Particulars particulars() {
        Particulars told = basics();
        told = Json.text(data.path("telecomOperator"))
                .map(redaction::clean)
                .map(told::operator)
                .orElse(told);
        return changedAt().or(this::createdAt).map(told::at).orElse(told);
    }

    @Override
    public Outcome standing(String reference, Evidence evidence) {
        if (data.hasNonNull("amount") && amount().isEmpty()) {
            return Outcome.Unknown.unlisted("the amount that Nkwa tells cannot be read", evidence);
        }
        if (!isDisbursement()) {
            return Outcome.Unknown.unlisted("a collection is no payout of ours", evidence);
        }
        return switch (status()) {
            case "pending" -> new Outcome.Accepted(reference, particulars(), evidence);
            case "success", "successful" -> new Outcome.Succeeded(reference, particulars(), evidence);
            case "failed" -> failed(reference, FailureReason.DECLINED, evidence);
            case "canceled", "cancelled" -> failed(reference, FailureReason.OTHER, evidence);
            default ->
                Outcome.Unknown.unlisted(
                        redaction.clean("Nkwa\'s status \"" + status() + "\" is on no table"), evidence);
        };
    }

    /** Nkwa gives amount and fee back, so it keeps none. */
    private Outcome failed(String reference, FailureReason reason, Evidence evidence) {
        return new Outcome.Failed(reference, reason, status(), "", Optional.empty(), changedAt(), evidence);
    }

    private Optional<Instant> changedAt() {
        return Json.instant(data.path("updatedAt"));
    }

    /** The document makes the currency optional, and there is only one. */
    private Optional<Money> money(String field) {
        JsonNode currency = data.path("currency");
        return new WireCurrencies(List.of(settings.franc()))
                .units(
                        data.path(field),
                        currency.isMissingNode() || currency.isNull()
                                ? TextNode.valueOf(settings.franc().currency().code())
                                : currency);
    }
}
