package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast payout list}. */
@Command(name = "list", description = "Lists payouts in the order in which they were requested.")
final class PayoutListCommand implements Callable<Integer> {

    private final CommandContext context;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "only those that stand so: ${COMPLETION-CANDIDATES}")
    private Optional<PayoutStatus> status = Optional.empty();

    @Option(
            names = "--wallet",
            paramLabel = "WALLET",
            description = "only those of this wallet: its owner, or its path")
    private Optional<String> wallet = Optional.empty();

    @Option(names = "--currency", paramLabel = "CURRENCY", description = "of the wallet, where it has several")
    private Optional<String> currencyCode = Optional.empty();

    @Option(names = "--from", paramLabel = "INSTANT", description = "only those requested at or after it")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "INSTANT", description = "only those requested before it")
    private Optional<Instant> to = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "the most to list; default: ${DEFAULT-VALUE}")
    private int limit = PayoutQuery.ALL.limit();

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "how many to leave out first; default: ${DEFAULT-VALUE}")
    private int offset;

    PayoutListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.with(place -> {
            Optional<Account> account = wallet.map(name -> account(place, name));
            PayoutPage page = place.payouts().list(new PayoutQuery(status, account, from, to, limit, offset));
            context.output().result(PayoutDocument.of(page), PayoutDocument.text(page));
            return ExitCode.DONE.number();
        });
    }

    private Account account(Workplace place, String name) {
        String path = name.indexOf(':') < 0 ? Wallets.ROOT + name : name;
        if (currencyCode.isPresent()) {
            return Account.of(path, place.amounts().currency(currencyCode.get()));
        }
        List<Account> accounts = place.accountsAt(path);
        if (accounts.size() > 1) {
            throw CommandFailure.invalid("Wallet " + name + " has several currencies: name one with --currency, of "
                    + String.join(
                            ", ",
                            accounts.stream().map(one -> one.currency().code()).toList()));
        }
        return accounts.get(0);
    }
}
