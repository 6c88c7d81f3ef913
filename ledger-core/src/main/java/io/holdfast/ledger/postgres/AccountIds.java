package io.holdfast.ledger.postgres;

import io.holdfast.db.generated.Routines;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;

/** Account rows by path and currency. A row never changes and never goes, so what is certainly committed is remembered. */
final class AccountIds {

    private static final int REMEMBERED_MAX = 100_000;

    private final Book book;
    private final Map<Account, Long> remembered = new ConcurrentHashMap<>();

    AccountIds(Book book) {
        this.book = book;
    }

    /** Returns the ids of those accounts that the ledger has. */
    Map<Account, Long> resolve(DSLContext db, Collection<Account> accounts) {
        Map<Account, Long> ids = new HashMap<>();
        Set<Account> unknown = new HashSet<>();
        for (Account account : accounts) {
            Long id = remembered.get(account);
            if (id == null) {
                unknown.add(account);
            } else {
                ids.put(account, id);
            }
        }
        if (!unknown.isEmpty()) {
            ids.putAll(read(db, unknown));
        }
        return ids;
    }

    private Map<Account, Long> read(DSLContext db, Set<Account> accounts) {
        Map<Account, Long> ids = new HashMap<>();
        String[] paths = accounts.stream().map(Account::path).distinct().toArray(String[]::new);
        db.selectFrom(Routines.accountsByPath(book.id(), paths)).forEach(row -> {
            Account account = Account.of(row.getPath(), new Currency(row.getCurrency(), row.getExponent()));
            if (accounts.contains(account)) {
                ids.put(account, row.getAccountId());
                if (row.getIsCommitted() && remembered.size() < REMEMBERED_MAX) {
                    remembered.put(account, row.getAccountId());
                }
            }
        });
        return ids;
    }
}
