package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payer;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast payout send}. */
@Command(
        name = "send",
        description = {
            "Takes down a payout and holds amount and fee on the wallet. Calls no provider: `payout run` does.",
            "The same key with the same content is taken down once; with other content it is refused."
        })
final class PayoutSendCommand implements Callable<Integer> {

    private final CommandContext context;

    @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key")
    private String key = "";

    @Option(
            names = "--wallet",
            paramLabel = "WALLET",
            required = true,
            description = "owner of the wallet, or its path")
    private String wallet = "";

    @Option(
            names = "--to",
            paramLabel = "RECIPIENT",
            required = true,
            description = "phone number, +255712345678, or with --channel bank the account number")
    private String recipient = "";

    @Option(names = "--amount", paramLabel = "AMOUNT", required = true, description = "such as \"TZS 5000.00\"")
    private String amount = "";

    @Option(names = "--name", paramLabel = "NAME", description = "the recipient's name")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            defaultValue = "mobile_money",
            description = "mobile_money or bank; default: ${DEFAULT-VALUE}")
    private Channel channel = Channel.MOBILE_MONEY;

    @Option(names = "--bank", paramLabel = "CODE", description = "the bank, as the provider names it")
    private Optional<String> bank = Optional.empty();

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

    @Option(names = "--narration", paramLabel = "TEXT", description = "what the recipient reads")
    private Optional<String> narration = Optional.empty();

    @Option(names = "--meta", paramLabel = "NAME=VALUE", description = "a pair of metadata; may be repeated")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(
            names = "--not-before",
            paramLabel = "INSTANT",
            description = "the earliest time to send it; default: at once")
    private Optional<Instant> notBefore = Optional.empty();

    PayoutSendCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Money money = place.amounts().money(amount);
            PayoutRequest request = new PayoutRequest(
                    Key.of(key),
                    wallet(money),
                    money,
                    recipient(),
                    payer,
                    narration.orElse(""),
                    metadata,
                    provider,
                    notBefore);
            Payout payout = place.payoutDesk().payouts().request(request);
            context.output().result(PayoutDocument.of(payout), PayoutDocument.text(payout));
            return ExitCode.DONE.number();
        });
    }

    private Account wallet(Money money) {
        return wallet.indexOf(':') < 0
                ? Wallets.account(wallet, money.currency())
                : Account.of(wallet, money.currency());
    }

    private Recipient recipient() {
        if (channel == Channel.BANK) {
            return new Recipient.BankAccount(
                    bank.orElseThrow(() -> CommandFailure.invalid("--channel bank needs --bank CODE")),
                    recipient,
                    name.orElseThrow(
                            () -> CommandFailure.invalid("--channel bank needs --name, the account's holder")));
        }
        if (bank.isPresent()) {
            throw CommandFailure.invalid("--bank goes with --channel bank");
        }
        return new Recipient.MobileMoney(recipient, name.orElse(""), Optional.empty());
    }
}
