package io.holdfast.payout.engine;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Side;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * What wallets have, and what would be left of it if requests were recorded one after the other. Nothing is locked, so
 * it is what seems to be. Belongs to one thread.
 */
final class Funds {

    private final AccountStore accounts;
    private final Map<Account, AccountStore.Means> known = new HashMap<>();
    private final Map<Account, Money> left = new HashMap<>();

    Funds(AccountStore accounts) {
        this.accounts = accounts;
    }

    /** Reads how wallets stand of which that is not known yet, and returns those that there are. */
    Set<Account> look(DSLContext db, Set<Account> wallets, Instant now) {
        Set<Account> asked = new HashSet<>(wallets);
        asked.removeAll(known.keySet());
        Map<Account, AccountStore.Means> found = accounts.means(db, asked, now);
        known.putAll(found);
        found.forEach((wallet, means) -> left.put(wallet, means.available()));
        return known.keySet();
    }

    /** Sets so much aside in thought; returns why the ledger would not, if it would not. */
    Optional<Refusal> take(Account wallet, Money total) {
        Optional<AccountStore.Means> found = Optional.ofNullable(known.get(wallet));
        if (found.isEmpty()) {
            return Optional.of(new Refusal.AccountNotFound(wallet));
        }
        AccountStore.Means means = found.get();
        if (means.closed()) {
            return Optional.of(new Refusal.AccountClosed(wallet));
        } else if (means.frozen()) {
            return Optional.of(new Refusal.AccountFrozen(wallet, Side.DEBIT));
        }
        Money available = left.getOrDefault(wallet, means.available());
        Money after = available.minus(total);
        boolean isTooLittle = means.minimum()
                .filter(least -> after.compareTo(least) < 0 && !means.mayHaveMore())
                .isPresent();
        if (isTooLittle) {
            return Optional.of(new Refusal.InsufficientFunds(
                    wallet, total, available, means.minimum().orElseThrow()));
        }
        left.put(wallet, after);
        return Optional.empty();
    }
}
