package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.BALANCE;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.records.BalanceRecord;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Reads which numbers accounts have. A row never changes, and no number is given twice, so accounts are remembered. */
final class AccountStore {

    private static final int REMEMBERED_MAX = 100_000;

    private final int ledgerId;
    private final Map<Account, Long> byAccount = new ConcurrentHashMap<>();
    private final Map<Long, Account> byNumber = new ConcurrentHashMap<>();

    AccountStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** Returns the numbers of accounts, of those that the ledger has. */
    Map<Account, Long> numbers(DSLContext db, Set<Account> accounts) {
        Map<Account, Long> numbers = new HashMap<>();
        for (Account account : accounts) {
            Optional.ofNullable(byAccount.get(account)).ifPresent(known -> numbers.put(account, known));
        }
        String[] unknown = accounts.stream()
                .filter(account -> !numbers.containsKey(account))
                .map(Account::path)
                .distinct()
                .toArray(String[]::new);
        if (unknown.length > 0) {
            db.selectFrom(Routines.accountsByPath(ledgerId, unknown)).forEach(row -> {
                Account account = Account.of(row.getPath(), Currency.of(row.getCurrency(), row.getExponent()));
                numbers.put(account, row.getAccountId());
                // An account that this transaction has opened itself may never be.
                if (row.getIsCommitted() && byAccount.size() < REMEMBERED_MAX) {
                    byAccount.put(account, row.getAccountId());
                }
            });
        }
        return numbers;
    }

    /** Returns the numbers of a path's accounts, of the one in a currency if one is given. */
    List<Long> numbers(DSLContext db, String path, Optional<Currency> currency) {
        return db.selectFrom(Routines.accountsByPath(ledgerId, new String[] {path})).stream()
                .filter(row -> currency.map(Currency::code)
                        .map(row.getCurrency()::equals)
                        .orElse(true))
                .map(row -> row.getAccountId())
                .toList();
    }

    /**
     * What of an account's money can be set aside.
     *
     * @param minimum what is available may not fall below it
     * @param frozen whether nothing may be taken
     * @param mayHaveMore whether holds have expired whose money is available and is not counted yet
     */
    record Means(Money available, Optional<Money> minimum, boolean frozen, boolean closed, boolean mayHaveMore) {}

    /** Returns what accounts have, of those that the ledger has. */
    Map<Account, Means> means(DSLContext db, Set<Account> accounts, Instant now) {
        Map<Long, Account> byTheirNumber = new HashMap<>();
        numbers(db, accounts).forEach((account, number) -> byTheirNumber.put(number, account));
        Map<Account, Means> means = new HashMap<>();
        db.selectFrom(BALANCE)
                .where(BALANCE.LEDGER_ID.eq(ledgerId))
                .and(BALANCE.ACCOUNT_ID.eq(DSL.any(byTheirNumber.keySet().toArray(Long[]::new))))
                .forEach(row -> {
                    Account account = Optional.ofNullable(byTheirNumber.get(row.getAccountId()))
                            .orElseThrow();
                    means.put(account, means(row, account.currency(), now));
                });
        return means;
    }

    private static Means means(BalanceRecord row, Currency currency, Instant now) {
        return new Means(
                Money.ofMinor(currency, row.getAvailable()),
                Optional.ofNullable(row.getMinimum()).map(least -> Money.ofMinor(currency, least)),
                row.getDebitFrozen(),
                row.getClosed(),
                Optional.ofNullable(row.getEarliestExpiry())
                        .filter(expiry -> !expiry.isAfter(now))
                        .isPresent());
    }

    /** Returns the accounts that have these numbers. */
    Map<Long, Account> accounts(DSLContext db, Collection<Long> numbers) {
        Map<Long, Account> accounts = new HashMap<>();
        for (Long number : numbers) {
            Optional.ofNullable(byNumber.get(number)).ifPresent(known -> accounts.put(number, known));
        }
        Long[] unknown = numbers.stream()
                .filter(number -> !accounts.containsKey(number))
                .distinct()
                .toArray(Long[]::new);
        if (unknown.length > 0) {
            db.selectFrom(Routines.accountsById(ledgerId, unknown)).forEach(row -> {
                Account account = Account.of(row.getPath(), new Currency(row.getCurrency(), row.getExponent()));
                accounts.put(row.getAccountId(), account);
                if (byNumber.size() < REMEMBERED_MAX) {
                    byNumber.put(row.getAccountId(), account);
                }
            });
        }
        return accounts;
    }
}
