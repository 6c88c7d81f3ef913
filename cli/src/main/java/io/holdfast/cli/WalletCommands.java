package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast wallet ...}. */
@Command(name = "wallet", description = "Opens, funds and shows customers' wallets.")
final class WalletCommands {

    private final CommandContext context;

    WalletCommands(CommandContext context) {
        this.context = context;
    }

    @Command(name = "open", description = "Opens " + Wallets.ROOT + "OWNER with a minimum of zero.")
    int open(
            @Parameters(paramLabel = "OWNER", description = "such as alice") String owner,
            @Parameters(paramLabel = "CURRENCY", description = "such as TZS") String currencyCode) {
        return context.withNew(place -> {
            Account wallet =
                    new Wallets(place.ledger()).open(owner, place.amounts().currency(currencyCode));
            AccountState state = place.ledger().account(wallet).orElseThrow();
            context.output().result(AccountDocument.of(state), AccountDocument.text(List.of(state)));
            return ExitCode.DONE.number();
        });
    }

    @Command(name = "fund", description = "Puts money that arrived on another account into a wallet.")
    int fund(
            @Parameters(paramLabel = "OWNER", description = "such as alice") String owner,
            @Parameters(paramLabel = "AMOUNT", description = "such as \"TZS 25000.00\"") String amount,
            @Option(names = "--key", paramLabel = "KEY", required = true, description = "idempotency key") String key,
            @Option(
                            names = "--from",
                            paramLabel = "PATH",
                            defaultValue = Wallets.SETTLEMENT,
                            description = "where it arrived, opened if missing; default: ${DEFAULT-VALUE}")
                    String source) {
        return context.withNew(place -> {
            Money money = place.amounts().money(amount);
            Account from = Account.of(source, money.currency());
            if (place.ledger().account(from).isEmpty()) {
                place.ledger().open(AccountTerms.of(from));
            }
            return context.execute(
                    place.ledger(),
                    Wallets.funding(owner, money, key, source),
                    "Funded the wallet of " + owner + " with " + money);
        });
    }

    @Command(name = "show", description = "Shows what a wallet has, in every currency.")
    int show(@Parameters(paramLabel = "OWNER", description = "such as alice") String owner) {
        return context.with(place -> {
            List<Balance> balances = place.accountsAt(Wallets.ROOT + owner).stream()
                    .map(place.ledger()::balance)
                    .toList();
            context.output()
                    .result(balances.stream().map(AccountDocument::of).toList(), AccountDocument.balances(balances));
            return ExitCode.DONE.number();
        });
    }
}
