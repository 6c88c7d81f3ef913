package io.holdfast.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.WireCurrency;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Reads a provider's amounts. One in a currency that it is not known to pay in is read all the same, as whole units:
 * comparing it is the engine's task.
 *
 * @param known how the provider counts its currencies
 */
public record WireCurrencies(List<WireCurrency> known) {

    /** Copies the list. */
    public WireCurrencies {
        known = List.copyOf(known);
    }

    /** Returns how the provider counts a currency, if it pays in it. */
    public Optional<WireCurrency> find(Currency currency) {
        return known.stream().filter(wire -> wire.currency().equals(currency)).findFirst();
    }

    /** Returns a count of the wire's smallest unit as money; nothing if amount or currency cannot be read. */
    public Optional<Money> units(JsonNode amount, JsonNode code) {
        return read(amount, code, true);
    }

    /** Returns a decimal of whole currency as money; nothing if amount or currency cannot be read. */
    public Optional<Money> decimal(JsonNode amount, JsonNode code) {
        return read(amount, code, false);
    }

    private Optional<Money> read(JsonNode amount, JsonNode code, boolean isInUnits) {
        try {
            Optional<WireCurrency> wire = Json.text(code).map(Currency::of).map(this::wire);
            return wire.flatMap(counted -> Json.decimal(amount)
                    .map(number ->
                            counted.fromWire(plain(isInUnits ? number.movePointLeft(counted.scale()) : number))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private WireCurrency wire(Currency currency) {
        return find(currency).orElseGet(() -> WireCurrency.of(currency, 0));
    }

    /** Some providers write 5000.00 where the currency has no decimals. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
