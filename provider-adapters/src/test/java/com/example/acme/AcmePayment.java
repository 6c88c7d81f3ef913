package com.example.acme;

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

/** A payout as Acme Pay shows it, in the answer to a create and when asked. */
record AcmePayment(JsonNode data, Redaction redaction) implements ShownPayout {

    @Override
    public Optional<String> reference() {
        return Json.reference(data.path("id"));
    }

    @Override
    public Optional<Money> amount() {
        return money("amount").filter(amount -> !amount.isNegative());
    }

    @Override
    public Optional<String> address() {
        return Json.text(data.path("phone"));
    }

    @Override
    public Optional<Instant> createdAt() {
        return Json.instant(data.path("created_at"));
    }

    @Override
    public Figure fee() {
        return Figure.of("fee", data.path("fee"), money("fee"));
    }

    @Override
    public Particulars particulars() {
        return basics();
    }

    @Override
    public Outcome standing(String reference, Evidence evidence) {
        if (amount().isEmpty()) {
            return Outcome.Unknown.unlisted("the amount that Acme tells cannot be read", evidence);
        }
        String state = Json.text(data.path("state")).orElse("");
        return switch (state) {
            case "queued" -> new Outcome.Accepted(reference, particulars(), evidence);
            case "paid" -> new Outcome.Succeeded(reference, particulars(), evidence);
            case "failed" ->
                new Outcome.Failed(reference, FailureReason.DECLINED, state, "", Optional.empty(), evidence);
            default -> Outcome.Unknown.unlisted("Acme's state \"" + state + "\" is on no table", evidence);
        };
    }

    private Optional<Money> money(String field) {
        return new WireCurrencies(List.of(AcmeProvider.SHILLING)).units(data.path(field), data.path("currency"));
    }
}
