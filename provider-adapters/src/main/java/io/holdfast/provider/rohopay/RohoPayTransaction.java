package io.holdfast.provider.rohopay;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Environment;
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
import java.util.Optional;

/**
 * A transaction as RohoPay shows it. Live answers have been seen under other names than the documented ones; both are
 * read.
 *
 * @param data the object itself
 * @param settings how it is to be read
 * @param redaction hides the recipient that it names, and what had to be hidden before
 */
record RohoPayTransaction(JsonNode data, RohoPaySettings settings, Redaction redaction) implements ShownPayout {

    /** Adds the recipient that the transaction names to what is hidden. */
    RohoPayTransaction {
        Redaction known = redaction;
        redaction = Json.text(data.path("phone_number"))
                .map(address -> known.andEchoed(address, ""))
                .orElse(known);
    }

    @Override
    public Optional<String> reference() {
        return Json.reference(data.path("internal_reference"))
                .or(() -> Json.reference(data.path("reference")))
                .or(this::operatorsReference);
    }

    /** Returns the mobile operator's own reference, under which RohoPay can be asked too. */
    Optional<String> operatorsReference() {
        return Json.reference(data.path("provider_reference"));
    }

    /** Returns RohoPay's own word for how it stands; empty if it has none. */
    String status() {
        return Json.text(data.path("status")).orElse("");
    }

    boolean isDisbursement() {
        return data.path("type").asText("disbursement").equals("disbursement");
    }

    @Override
    public Optional<Money> amount() {
        return money(data.path("amount")).filter(amount -> !amount.isNegative());
    }

    @Override
    public Optional<String> address() {
        return Json.text(data.path("phone_number"));
    }

    @Override
    public Optional<Instant> createdAt() {
        return Json.instant(data.path("created_at"));
    }

    @Override
    public Figure fee() {
        JsonNode commission = Json.first(data, "commission_amount", "commission");
        return Figure.of("commission", commission, money(commission));
    }

    @Override
    public Figure received() {
        JsonNode net = data.path("net_amount");
        return Figure.of("net amount", net, money(net));
    }

    @Override
    public Particulars particulars() {
        Particulars told = basics();
        told = Json.text(data.path("failover_reason"))
                .map(redaction::clean)
                .map(told::risk)
                .orElse(told);
        told = environment().map(told::environment).orElse(told);
        return changedAt().or(this::createdAt).map(told::at).orElse(told);
    }

    @Override
    public Outcome standing(String reference, Evidence evidence) {
        if (data.hasNonNull("amount") && amount().isEmpty()) {
            return Outcome.Unknown.unlisted("the amount that RohoPay tells cannot be read", evidence);
        }
        String environment = data.path("environment").asText(settings.environment());
        if (!environment.equals(settings.environment()) || !isDisbursement()) {
            return Outcome.Unknown.unlisted(
                    redaction.clean(
                            "a transaction of type \"" + data.path("type").asText() + "\" in environment \""
                                    + environment + "\" is no payout of ours"),
                    evidence);
        }
        return switch (status()) {
            case "pending" -> new Outcome.Accepted(reference, particulars(), evidence);
            case "successful" -> new Outcome.Succeeded(reference, particulars(), evidence);
            case "failed" ->
                // RohoPay names no reason, and does not say that it keeps its commission.
                new Outcome.Failed(reference, FailureReason.DECLINED, "", "", Optional.empty(), changedAt(), evidence);
            default ->
                Outcome.Unknown.unlisted(
                        redaction.clean("RohoPay\'s status \"" + status() + "\" is on no table"), evidence);
        };
    }

    private Optional<Instant> changedAt() {
        return Json.instant(data.path("updated_at"));
    }

    private Optional<Environment> environment() {
        return Json.text(data.path("environment")).flatMap(named -> switch (named) {
            case "live" -> Optional.of(Environment.LIVE);
            case "test" -> Optional.of(Environment.TEST);
            default -> Optional.empty();
        });
    }

    private Optional<Money> money(JsonNode units) {
        return new WireCurrencies(settings.currencies()).units(units, data.path("currency"));
    }
}
