package io.holdfast.provider.rohopay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.Json;
import io.holdfast.provider.MobileNumbers;
import io.holdfast.provider.WireCurrencies;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the create of a payout as RohoPay wants it. */
final class RohoPayCreate {

    private final RohoPaySettings settings;
    private final WireCurrencies currencies;
    private final Map<String, MobileNumbers> numbers;

    RohoPayCreate(RohoPaySettings settings) {
        this.settings = settings;
        this.currencies = new WireCurrencies(settings.currencies());
        this.numbers = RohoPaySettings.REGIONS.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, region -> new MobileNumbers(Set.of(region.getValue()))));
    }

    Optional<Objection> objection(Money amount, Recipient recipient) {
        if (settings.isTest()) {
            return Optional.of(new Objection(
                    FailureReason.PROVIDER_DISABLED,
                    "RohoPay pays nobody with a test key (DISBURSE_TEST_BLOCKED): use the project's live key"));
        }
        Currency currency = amount.currency();
        MobileNumbers admitted = numbers.get(currency.code());
        return admitted != null && recipient instanceof Recipient.MobileMoney mobile
                ? admitted.objection(mobile)
                : Optional.empty();
    }

    /** Returns the create: the same bytes for the same instruction. */
    CreateRequest write(PayoutInstruction instruction) {
        Money amount = instruction.amount();
        WireCurrency wire = currencies
                .find(amount.currency())
                .orElseThrow(() -> new IllegalArgumentException("How RohoPay counts " + amount.currency()
                        + " is not configured, so it cannot be told to pay " + amount));
        wire.objection(amount).ifPresent(RohoPayCreate::refuse);
        objection(amount, instruction.recipient()).map(Objection::detail).ifPresent(RohoPayCreate::refuse);
        if (!(instruction.recipient() instanceof Recipient.MobileMoney mobile)) {
            throw new IllegalArgumentException("RohoPay cannot be told to pay to a bank");
        }
        ObjectNode body = Json.object();
        body.put("phone", mobile.digits());
        body.put("amount", wire.toWireUnits(amount));
        body.put("currency", amount.currency().code());
        if (!instruction.narration().isEmpty()) {
            body.put("description", instruction.narration());
        }
        settings.callbackUrl().ifPresent(url -> body.put("callback_url", url.toString()));
        return new CreateRequest("POST", "/api/v1/disburse", Json.bytes(body));
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException("RohoPay cannot be told to pay: " + why);
    }
}
