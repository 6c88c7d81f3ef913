package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.ACCOUNT_CHANGE;
import static io.holdfast.db.generated.Tables.BALANCE;
import static io.holdfast.db.generated.Tables.CURRENCY;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Opens, changes, closes and lists accounts and currencies. Each change of terms is kept as a fact. */
final class AccountDesk {

    private final Book book;
    private final BalanceLocks locks;
    private final BatchRunner batches;

    AccountDesk(Book book, BatchRunner batches) {
        this.book = book;
        this.locks = new BalanceLocks(book);
        this.batches = batches;
    }

    void add(DSLContext db, Currency currency) {
        if (!Currency.isIso(currency.code())) {
            db.insertInto(CURRENCY)
                    .columns(CURRENCY.LEDGER_ID, CURRENCY.CODE, CURRENCY.EXPONENT)
                    .values(book.id(), currency.code(), (short) currency.exponent())
                    .onConflict()
                    .doNothing()
                    .execute();
        }
        checkCurrency(db, currency);
    }

    /** Returns the ledger's own currency, which goes before one that has come into the standard since, or the standard's. */
    Optional<Currency> currency(DSLContext db, String code) {
        return db.select(CURRENCY.EXPONENT)
                .from(CURRENCY)
                .where(CURRENCY.LEDGER_ID.eq(book.id()))
                .and(CURRENCY.CODE.eq(code))
                .fetchOptional(row -> new Currency(code, row.value1()))
                .or(() -> Currency.isIso(code) ? Optional.of(Currency.of(code)) : Optional.empty());
    }

    Account open(DSLContext db, AccountTerms terms, String actor) {
        Account account = terms.account();
        checkCurrency(db, account.currency());
        Optional<AccountState> before = find(db, account);
        if (before.isEmpty() && insert(db, terms, actor)) {
            return account;
        }
        AccountState state = before.or(() -> find(db, account)).orElseThrow();
        if (state.closed()) {
            throw new RefusedException(new Refusal.AccountClosed(account));
        }
        List<String> differs = new ArrayList<>();
        if (!state.terms().minimum().equals(terms.minimum())) {
            differs.add("minimum");
        }
        if (!state.terms().maximum().equals(terms.maximum())) {
            differs.add("maximum");
        }
        if (!differs.isEmpty()) {
            throw new RefusedException(new Refusal.AccountExists(account, differs));
        }
        return account;
    }

    AccountState limit(DSLContext db, Account account, UnaryOperator<AccountTerms> change, String actor) {
        return change(
                db,
                account,
                actor,
                before -> new AccountState(
                        sameAccount(account, change.apply(before.terms())),
                        before.debitFrozen(),
                        before.creditFrozen(),
                        false,
                        before.openedAt()));
    }

    private static AccountTerms sameAccount(Account account, AccountTerms terms) {
        if (!terms.account().equals(account)) {
            throw new IllegalArgumentException(
                    "Terms of account " + terms.account() + " cannot be those of account " + account);
        }
        return terms;
    }

    AccountState freeze(DSLContext db, Account account, Set<Side> sides, String actor) {
        return change(
                db,
                account,
                actor,
                before -> frozen(
                        before,
                        before.debitFrozen() || sides.contains(Side.DEBIT),
                        before.creditFrozen() || sides.contains(Side.CREDIT)));
    }

    AccountState unfreeze(DSLContext db, Account account, Set<Side> sides, String actor) {
        return change(
                db,
                account,
                actor,
                before -> frozen(
                        before,
                        before.debitFrozen() && !sides.contains(Side.DEBIT),
                        before.creditFrozen() && !sides.contains(Side.CREDIT)));
    }

    private static AccountState frozen(AccountState before, boolean debit, boolean credit) {
        return new AccountState(before.terms(), debit, credit, false, before.openedAt());
    }

    AccountState close(DSLContext db, Account account, String actor) {
        AccountState found = find(db, account).orElseThrow(() -> notFound(account));
        if (found.closed()) {
            return found;
        }
        batches.expire(db, account, idOf(db, account));
        AccountSnapshot locked = lock(db, account);
        if (locked.total().signum() != 0 || locked.held().signum() != 0) {
            throw new RefusedException(
                    new Refusal.AccountNotEmpty(account, locked.money(locked.total()), locked.money(locked.held())));
        }
        return change(
                db,
                account,
                actor,
                before -> new AccountState(
                        before.terms(), before.debitFrozen(), before.creditFrozen(), true, before.openedAt()));
    }

    Optional<AccountState> find(DSLContext db, Account account) {
        return accounts(db, named(account)).fetchOptional(AccountDesk::state);
    }

    List<AccountState> list(DSLContext db, int limit, int offset) {
        return accounts(db, DSL.trueCondition())
                .orderBy(ACCOUNT.PATH, ACCOUNT.CURRENCY)
                .limit(limit)
                .offset(offset)
                .fetch(AccountDesk::state);
    }

    List<Account> at(DSLContext db, String path) {
        return accounts(db, ACCOUNT.PATH.eq(path))
                .orderBy(ACCOUNT.CURRENCY)
                .fetch(row -> state(row).account());
    }

    private boolean insert(DSLContext db, AccountTerms terms, String actor) {
        Account account = terms.account();
        var opened = name("opened")
                .as(DSL.insertInto(ACCOUNT)
                        .columns(ACCOUNT.LEDGER_ID, ACCOUNT.PATH, ACCOUNT.CURRENCY, ACCOUNT.EXPONENT, ACCOUNT.OPENED_AT)
                        .values(
                                val(book.id()),
                                val(account.path()),
                                val(account.currency().code()),
                                val((short) account.currency().exponent()),
                                book.now())
                        .onConflict(ACCOUNT.LEDGER_ID, ACCOUNT.PATH, ACCOUNT.CURRENCY)
                        .doNothing()
                        .returning(ACCOUNT.ACCOUNT_ID));
        Optional<Long> id = db.with(opened)
                .select(opened.field(ACCOUNT.ACCOUNT_ID))
                .from(opened)
                .fetchOptional(row -> row.value1());
        id.ifPresent(fresh -> {
            @Nullable BigInteger minimum = terms.minimum().map(Money::minor).orElse(null);
            @Nullable BigInteger maximum = terms.maximum().map(Money::minor).orElse(null);
            db.insertInto(BALANCE)
                    .set(BALANCE.LEDGER_ID, book.id())
                    .set(BALANCE.ACCOUNT_ID, fresh)
                    .set(BALANCE.MINIMUM, minimum)
                    .set(BALANCE.MAXIMUM, maximum)
                    .execute();
            keepFact(db, fresh, actor);
        });
        return id.isPresent();
    }

    private AccountState change(DSLContext db, Account account, String actor, UnaryOperator<AccountState> terms) {
        long id = lock(db, account).id();
        AccountState before = find(db, account).orElseThrow();
        if (before.closed()) {
            throw new RefusedException(new Refusal.AccountClosed(account));
        }
        AccountState after = terms.apply(before);
        if (!after.equals(before)) {
            db.update(BALANCE)
                    .set(
                            BALANCE.MINIMUM,
                            after.terms().minimum().map(Money::minor).orElse(null))
                    .set(
                            BALANCE.MAXIMUM,
                            after.terms().maximum().map(Money::minor).orElse(null))
                    .set(BALANCE.DEBIT_FROZEN, after.debitFrozen())
                    .set(BALANCE.CREDIT_FROZEN, after.creditFrozen())
                    .set(BALANCE.CLOSED, after.closed())
                    .set(BALANCE.CHANGES, BALANCE.CHANGES.plus(1))
                    .where(BALANCE.LEDGER_ID.eq(book.id()), BALANCE.ACCOUNT_ID.eq(id))
                    .execute();
            keepFact(db, id, actor);
        }
        return after;
    }

    /** Copies the terms as they are now into the facts. */
    private void keepFact(DSLContext db, long id, String actor) {
        db.insertInto(ACCOUNT_CHANGE)
                .columns(
                        ACCOUNT_CHANGE.LEDGER_ID,
                        ACCOUNT_CHANGE.ACCOUNT_ID,
                        ACCOUNT_CHANGE.CHANGE_NO,
                        ACCOUNT_CHANGE.MINIMUM,
                        ACCOUNT_CHANGE.MAXIMUM,
                        ACCOUNT_CHANGE.DEBIT_FROZEN,
                        ACCOUNT_CHANGE.CREDIT_FROZEN,
                        ACCOUNT_CHANGE.CLOSED,
                        ACCOUNT_CHANGE.ACTOR,
                        ACCOUNT_CHANGE.RECORDED_AT)
                .select(select(
                                BALANCE.LEDGER_ID,
                                BALANCE.ACCOUNT_ID,
                                BALANCE.CHANGES,
                                BALANCE.MINIMUM,
                                BALANCE.MAXIMUM,
                                BALANCE.DEBIT_FROZEN,
                                BALANCE.CREDIT_FROZEN,
                                BALANCE.CLOSED,
                                val(actor),
                                book.now())
                        .from(BALANCE)
                        .where(BALANCE.LEDGER_ID.eq(book.id()), BALANCE.ACCOUNT_ID.eq(id)))
                .execute();
    }

    private AccountSnapshot lock(DSLContext db, Account account) {
        return locks.acquire(db, Map.of(account, idOf(db, account))).accounts().get(0);
    }

    private long idOf(DSLContext db, Account account) {
        return db.select(ACCOUNT.ACCOUNT_ID)
                .from(ACCOUNT)
                .where(ACCOUNT.LEDGER_ID.eq(book.id()))
                .and(named(account))
                .fetchOptional(ACCOUNT.ACCOUNT_ID)
                .orElseThrow(() -> notFound(account));
    }

    private void checkCurrency(DSLContext db, Currency currency) {
        Currency known = currency(db, currency.code())
                .orElseThrow(() -> new IllegalArgumentException("Currency " + currency
                        + " is neither in ISO 4217 nor one of this ledger's own; add it with its decimals first"));
        if (!known.equals(currency)) {
            throw new IllegalArgumentException("Currency " + currency + " has " + known.exponent()
                    + " decimals in this ledger, not " + currency.exponent());
        }
    }

    private SelectConditionStep<? extends Record> accounts(DSLContext db, Condition condition) {
        return db.select(ACCOUNT.PATH, ACCOUNT.CURRENCY, ACCOUNT.EXPONENT, ACCOUNT.OPENED_AT)
                .select(BALANCE.MINIMUM, BALANCE.MAXIMUM, BALANCE.DEBIT_FROZEN, BALANCE.CREDIT_FROZEN, BALANCE.CLOSED)
                .from(ACCOUNT)
                .join(BALANCE)
                .on(BALANCE.LEDGER_ID.eq(ACCOUNT.LEDGER_ID), BALANCE.ACCOUNT_ID.eq(ACCOUNT.ACCOUNT_ID))
                .where(ACCOUNT.LEDGER_ID.eq(book.id()))
                .and(condition);
    }

    private static Condition named(Account account) {
        return ACCOUNT.PATH
                .eq(account.path())
                .and(ACCOUNT.CURRENCY.eq(account.currency().code()))
                .and(ACCOUNT.EXPONENT.eq((short) account.currency().exponent()));
    }

    private static AccountState state(Record row) {
        Currency currency = new Currency(row.get(ACCOUNT.CURRENCY), row.get(ACCOUNT.EXPONENT));
        Account account = Account.of(row.get(ACCOUNT.PATH), currency);
        return new AccountState(
                new AccountTerms(
                        account,
                        Optional.ofNullable(row.get(BALANCE.MINIMUM)).map(minor -> Money.ofMinor(currency, minor)),
                        Optional.ofNullable(row.get(BALANCE.MAXIMUM)).map(minor -> Money.ofMinor(currency, minor))),
                row.get(BALANCE.DEBIT_FROZEN),
                row.get(BALANCE.CREDIT_FROZEN),
                row.get(BALANCE.CLOSED),
                row.get(ACCOUNT.OPENED_AT));
    }

    private static RefusedException notFound(Account account) {
        return new RefusedException(new Refusal.AccountNotFound(account));
    }
}
