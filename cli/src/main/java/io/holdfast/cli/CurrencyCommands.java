package io.holdfast.cli;

import io.holdfast.ledger.Currency;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast currency ...}. */
@Command(name = "currency", description = "Adds currencies of the ledger's own.")
final class CurrencyCommands {

    private final CommandContext context;

    CurrencyCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "add",
            description = {
                "Adds a currency beside those of ISO 4217, such as USDC with 6 decimals.",
                "Adding it again does nothing."
            })
    int add(
            @Parameters(paramLabel = "CODE", description = "such as USDC") String code,
            @Parameters(paramLabel = "DECIMALS", description = "0 to 18") int decimals) {
        Currency currency = Currency.of(code, decimals);
        return context.withNew(place -> {
            place.ledger().add(currency);
            context.output()
                    .result(
                            new Document().with("currency", currency.code()).with("exponent", currency.exponent()),
                            "Currency " + currency + " with " + currency.exponent() + " decimals");
            return ExitCode.DONE.number();
        });
    }
}
