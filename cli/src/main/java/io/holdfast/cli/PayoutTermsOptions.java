package io.holdfast.cli;

import io.holdfast.payout.Payer;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much is paid, by which provider, and who bears the fee: the options of commands that ask for a payout. */
final class PayoutTermsOptions {

    @Option(names = "--amount", paramLabel = "AMOUNT", required = true, description = "such as \"TZS 5000.00\"")
    private String amount = "";

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            description = "the only route; default: the configured routes")
    private Optional<String> provider = Optional.empty();

    @Option(
            names = "--payer",
            paramLabel = "PAYER",
            defaultValue = "sender",
            description = "who bears our fee, sender or recipient; default: ${DEFAULT-VALUE}")
    private Payer payer = Payer.SENDER;

    String amount() {
        return amount;
    }

    Optional<String> provider() {
        return provider;
    }

    Payer payer() {
        return payer;
    }
}
