package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import java.util.Optional;
import picocli.CommandLine.Option;

/** From which wallet to whom: the options of commands that ask for a payout. */
final class RecipientOptions {

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
            names = "--operator",
            paramLabel = "OPERATOR",
            description = "the mobile operator, such as mtn: a hint, which the provider's answer overrides")
    private Optional<String> operator = Optional.empty();

    Account wallet(Money money) {
        return wallet(wallet, money);
    }

    static Account wallet(String name, Money money) {
        return name.indexOf(':') < 0 ? Wallets.account(name, money.currency()) : Account.of(name, money.currency());
    }

    Recipient recipient() {
        if (channel == Channel.BANK) {
            if (operator.isPresent()) {
                throw CommandFailure.invalid("--operator goes with --channel mobile_money");
            }
            return new Recipient.BankAccount(
                    bank.orElseThrow(() -> CommandFailure.invalid("--channel bank needs --bank CODE")),
                    recipient,
                    name.orElseThrow(
                            () -> CommandFailure.invalid("--channel bank needs --name, the account's holder")));
        }
        if (bank.isPresent()) {
            throw CommandFailure.invalid("--bank goes with --channel bank");
        }
        return new Recipient.MobileMoney(recipient, name.orElse(""), operator);
    }
}
