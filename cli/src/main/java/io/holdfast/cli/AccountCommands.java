package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast account ...}. */
@Command(name = "account", description = "Opens, lists, freezes, limits and closes accounts.")
final class AccountCommands {

    private static final String NO_LIMIT = "none";
    private static final int PAGE = 1_000;

    /** Which movements a freeze blocks. */
    enum Freeze {
        DEBIT,
        CREDIT,
        BOTH;

        private Set<Side> sides() {
            return switch (this) {
                case DEBIT -> EnumSet.of(Side.DEBIT);
                case CREDIT -> EnumSet.of(Side.CREDIT);
                case BOTH -> EnumSet.allOf(Side.class);
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CommandContext context;

    AccountCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "open",
            description = {
                "Opens an account.",
                "Opening it again on the same terms does nothing, on others it is refused."
            })
    int open(
            @Parameters(paramLabel = "PATH", description = "such as liabilities:wallets:alice") String path,
            @Parameters(paramLabel = "CURRENCY", description = "such as TZS") String currencyCode,
            @Option(names = "--min", paramLabel = "M", description = "available may not fall below it")
                    Optional<String> minimum,
            @Option(names = "--max", paramLabel = "M", description = "the total may not rise above it")
                    Optional<String> maximum) {
        return context.withNew(place -> {
            Amounts amounts = place.amounts();
            Currency currency = amounts.currency(currencyCode);
            Account account = place.ledger()
                    .open(new AccountTerms(
                            Account.of(path, currency),
                            minimum.map(text -> amounts.money(currency, text)),
                            maximum.map(text -> amounts.money(currency, text))));
            return show(state(place.ledger(), account));
        });
    }

    @Command(name = "list", description = "Lists all accounts.")
    int list() {
        return context.with(place -> {
            List<AccountState> states = new ArrayList<>();
            List<AccountState> page;
            do {
                page = place.ledger().accounts(PAGE, states.size());
                states.addAll(page);
            } while (page.size() == PAGE);
            context.output().result(states.stream().map(AccountDocument::of).toList(), AccountDocument.text(states));
            return ExitCode.DONE.number();
        });
    }

    @Command(name = "freeze", description = "Blocks what lowers (debit) or raises (credit) what is available.")
    int freeze(
            @Parameters(paramLabel = "PATH") String path,
            @Parameters(paramLabel = "CURRENCY") String currencyCode,
            @Parameters(paramLabel = "debit|credit|both") Freeze freeze) {
        return context.with(place -> {
            return show(place.ledger().freeze(account(place, path, currencyCode), freeze.sides()));
        });
    }

    @Command(name = "unfreeze", description = "Lifts a freeze.")
    int unfreeze(
            @Parameters(paramLabel = "PATH") String path,
            @Parameters(paramLabel = "CURRENCY") String currencyCode,
            @Parameters(paramLabel = "debit|credit|both") Freeze freeze) {
        return context.with(place -> {
            return show(place.ledger().unfreeze(account(place, path, currencyCode), freeze.sides()));
        });
    }

    @Command(name = "limit", description = "Changes an account's limits; one that is not named stays as it is.")
    int limit(
            @Parameters(paramLabel = "PATH") String path,
            @Parameters(paramLabel = "CURRENCY") String currencyCode,
            @Option(names = "--min", paramLabel = "M|none", description = "available may not fall below it")
                    Optional<String> minimum,
            @Option(names = "--max", paramLabel = "M|none", description = "the total may not rise above it")
                    Optional<String> maximum) {
        if (minimum.isEmpty() && maximum.isEmpty()) {
            throw CommandFailure.invalid("Nothing to change: name --min, --max or both");
        }
        return context.with(place -> {
            Account account = account(place, path, currencyCode);
            return show(place.ledger()
                    .limit(
                            account,
                            before -> new AccountTerms(
                                    account,
                                    changed(place, before.minimum(), account, minimum),
                                    changed(place, before.maximum(), account, maximum))));
        });
    }

    @Command(name = "close", description = "Closes an account for ever; it has to be empty.")
    int close(@Parameters(paramLabel = "PATH") String path, @Parameters(paramLabel = "CURRENCY") String currencyCode) {
        return context.with(place -> show(place.ledger().close(account(place, path, currencyCode))));
    }

    private int show(AccountState state) {
        context.output().result(AccountDocument.of(state), AccountDocument.text(List.of(state)));
        return ExitCode.DONE.number();
    }

    private static AccountState state(Ledger ledger, Account account) {
        return ledger.account(account).orElseThrow(() -> new RefusedException(new Refusal.AccountNotFound(account)));
    }

    private static Account account(Workplace place, String path, String currencyCode) {
        return Account.of(path, place.amounts().currency(currencyCode));
    }

    private static Optional<Money> changed(
            Workplace place, Optional<Money> before, Account account, Optional<String> asked) {
        if (asked.isEmpty()) {
            return before;
        }
        return asked.filter(text -> !text.equals(NO_LIMIT))
                .map(text -> place.amounts().money(account.currency(), text));
    }
}
