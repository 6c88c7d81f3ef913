package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Balance;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast balance}. */
@Command(
        name = "balance",
        description = {
            "Shows what an account has: available, held, and both.",
            "Amounts stand on the account's normal side.",
            "As of a time it counts postings alone; without, a hold whose deadline has passed counts as available."
        })
final class BalanceCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "PATH", description = "such as liabilities:wallets:alice")
    private String path = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CURRENCY",
            description = "default: every currency of the path")
    private Optional<String> currencyCode = Optional.empty();

    @Mixin
    private AsOfOptions asOf = new AsOfOptions();

    BalanceCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Account.checkPath(path);
        return context.with(place -> {
            List<Balance> balances = accounts(place).stream()
                    .map(account -> asOf.read()
                            .map(point -> place.ledger().balance(account, point))
                            .orElseGet(() -> place.ledger().balance(account)))
                    .toList();
            context.output()
                    .result(balances.stream().map(AccountDocument::of).toList(), AccountDocument.balances(balances));
            return ExitCode.DONE.number();
        });
    }

    private List<Account> accounts(Workplace place) {
        if (currencyCode.isPresent()) {
            return List.of(Account.of(path, place.amounts().currency(currencyCode.get())));
        }
        return place.accountsAt(path);
    }
}
