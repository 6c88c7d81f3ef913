package io.holdfast.ledger;

import java.sql.Connection;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One book of accounts.
 *
 * <p>Every write either happens wholly or not at all. A rule that says no is a {@link Refusal}: the methods that do one
 * thing throw it in a {@link RefusedException}, {@link #execute} returns it beside the results of the other commands.
 * Whoever repeats a command under the same key gets the first result again.
 *
 * <p>Safe for use by any number of threads, except a ledger from {@link #within}, which belongs to its connection's
 * thread. What the database itself reports, such as being down, a serialization failure or a deadlock, passes through
 * unchanged as the runtime exception of the implementation's database library, and then nothing was written.
 */
public interface Ledger {

    /** How many accounts or holds one call lists at most, and releases of expired holds. */
    int PAGE_MAX = 10_000;

    /** Returns the ledger's name. */
    String name();

    /** Returns the zone in which this ledger's business dates are counted. */
    ZoneId zone();

    /** Returns today's business date by the ledger's clock and zone. */
    LocalDate today();

    /**
     * Returns this ledger in the host's transaction: what it writes is there once the host commits, and was never there
     * if the host rolls back. It never commits, rolls back or changes isolation; it sets savepoints.
     *
     * <p>What it writes stays locked until the host's transaction ends. Whoever else writes to the same accounts waits until
     * then; those that this process has grouped with them, and those behind that group, for about a second. Keep the
     * transaction short, give the data source a {@code lock_timeout}, with which those who wait for its accounts fail, and
     * never write outside of it while it is open, but through the ledger that this returns: a thread that does may wait for
     * itself, which the database cannot see.
     *
     * @throws IllegalArgumentException if the connection is in auto-commit mode
     */
    Ledger within(Connection connection);

    /**
     * Returns this ledger writing in the name of someone. The name is kept as {@link Actors#checked} returns it: blanks around it
     * do not count, several within it count as one, and nothing of it is invisible.
     *
     * @throws IllegalArgumentException if the name is empty or longer than {@value Actors#LENGTH_MAX} characters, or holds a
     *     control character, a format character or another that cannot be seen
     */
    Ledger as(String actor);

    /** Returns in whose name this ledger writes, as the name is kept. */
    String actor();

    /**
     * Adds a currency of the ledger's own. Adding it again is a no-op.
     *
     * @throws IllegalArgumentException if it was added with other decimals, or ISO 4217 has it with other decimals
     */
    void add(Currency currency);

    /** Returns the currency of that code: the ledger's own, even if ISO 4217 has it by now, or ISO 4217's. */
    Optional<Currency> currency(String code);

    /**
     * Opens an account. Opening it again on the same terms is a no-op.
     *
     * @throws IllegalArgumentException if the currency is neither in ISO 4217 nor one of the ledger's own, or has other
     *     decimals in this ledger
     * @throws RefusedException with {@link Refusal.AccountExists} if it is open on other terms, with {@link
     *     Refusal.AccountClosed} if it was closed
     */
    Account open(AccountTerms terms);

    /**
     * Replaces both limits of an account: one that the terms leave out is removed. To change one and keep the other use
     * {@code limit(account, terms -> terms.minimum(amount))}. A limit that the account is beyond already only refuses what
     * makes it worse.
     *
     * @throws RefusedException with {@link Refusal.AccountNotFound} or {@link Refusal.AccountClosed}
     */
    AccountState limit(AccountTerms terms);

    /**
     * Changes an account's limits from what they are to what a function makes of them, while nobody else can change them.
     * The function may be called again.
     *
     * @throws RefusedException with {@link Refusal.AccountNotFound} or {@link Refusal.AccountClosed}
     * @throws IllegalArgumentException if the function returns the terms of another account
     */
    AccountState limit(Account account, UnaryOperator<AccountTerms> change);

    /**
     * Freezes these sides of an account. A debit freeze blocks what lowers available on the normal side, a credit freeze
     * what raises it; commits and releases of holds that exist pass. What was frozen before stays so.
     *
     * @throws RefusedException with {@link Refusal.AccountNotFound} or {@link Refusal.AccountClosed}
     */
    AccountState freeze(Account account, Set<Side> sides);

    /**
     * Lifts the freeze of these sides of an account.
     *
     * @throws RefusedException with {@link Refusal.AccountNotFound} or {@link Refusal.AccountClosed}
     */
    AccountState unfreeze(Account account, Set<Side> sides);

    /**
     * Closes an account for ever. Closing it again is a no-op.
     *
     * @throws RefusedException with {@link Refusal.AccountNotFound}, or {@link Refusal.AccountNotEmpty} if its total is
     *     not zero or a hold is open
     */
    AccountState close(Account account);

    /** Returns an account as it is now, if the ledger has it. */
    Optional<AccountState> account(Account account);

    /**
     * Returns accounts by path and currency, at most {@code limit} after the first {@code offset}.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@link #PAGE_MAX}, or the offset is below zero
     */
    List<AccountState> accounts(int limit, int offset);

    /**
     * Records an entry.
     *
     * @throws RefusedException with {@link Refusal.KeyConflict}, {@link Refusal.PeriodClosed}, {@link
     *     Refusal.AccountNotFound}, {@link Refusal.AccountFrozen}, {@link Refusal.AccountClosed}, {@link
     *     Refusal.InsufficientFunds} or {@link Refusal.LimitExceeded}
     */
    RecordedEntry post(JournalEntry entry);

    /**
     * Places a hold. Repeated under the same key it returns the hold as it is now.
     *
     * @throws RefusedException with {@link Refusal.KeyConflict}, {@link Refusal.PeriodClosed}, {@link
     *     Refusal.AccountNotFound}, {@link Refusal.AccountFrozen}, {@link Refusal.AccountClosed}, {@link
     *     Refusal.InsufficientFunds} or {@link Refusal.LimitExceeded}
     */
    Hold hold(HoldRequest request);

    /**
     * Spends a hold or part of it.
     *
     * @throws RefusedException with {@link Refusal.HoldNotFound}, {@link Refusal.HoldNotActive}, {@link
     *     Refusal.HoldExpired}, {@link Refusal.HoldExceeded}, or one of those of {@link #post}
     * @throws IllegalArgumentException if the postings do not net to something above zero of the hold's currency alone
     */
    RecordedEntry commit(HoldCommit commit);

    /**
     * Releases what is left of a hold.
     *
     * @throws RefusedException with {@link Refusal.KeyConflict}, {@link Refusal.PeriodClosed}, {@link
     *     Refusal.HoldNotFound}, {@link Refusal.HoldNotActive} or {@link Refusal.HoldExpired}
     */
    RecordedEntry release(HoldRelease release);

    /**
     * Undoes an entry, wholly or in part.
     *
     * @throws RefusedException with {@link Refusal.EntryNotFound}, {@link Refusal.NotReversible}, {@link
     *     Refusal.AlreadyReversed}, or one of those of {@link #post}
     * @throws IllegalArgumentException if an amount is named for an entry that has more than two postings or is in another
     *     currency, or a posting is named that undoes none of the entry's
     */
    RecordedEntry reverse(Reversal reversal);

    /**
     * Carries out commands, in order, in one transaction. A command that is refused leaves no trace and does not keep
     * the others from being carried out.
     *
     * @return one result for each command, in order
     * @throws IllegalArgumentException if there are more than {@link CommandGroup#COMMANDS_MAX} commands, those in groups
     *     counted each
     */
    List<Result> execute(List<? extends Command> commands);

    /**
     * Releases holds whose deadline has passed, at most so many, oldest deadline first. No money waits for it: such a hold
     * counts as available at once, and whoever needs the money releases it. Call it from time to time to have the journal,
     * and with it as-of balances and statements of what is held, say the same.
     *
     * @return how many were released
     * @throws IllegalArgumentException if the limit is not 1 to {@link #PAGE_MAX}
     */
    int expireHolds(int limit);

    /**
     * Closes the books: from now on no entry may be effective on or before that date. Closing through an earlier date
     * again is a no-op.
     *
     * @throws IllegalArgumentException if the date is not in the years 1900 to 9998
     */
    void closeThrough(LocalDate date);

    /** Returns the date through which the books are closed. */
    Optional<LocalDate> closedThrough();

    /**
     * Returns what an account has now. What is held by a hold whose deadline has passed counts as available.
     *
     * @throws RefusedException with {@link Refusal.AccountNotFound}
     */
    Balance balance(Account account);

    /**
     * Returns what an account had, from its postings alone.
     *
     * @throws RefusedException with {@link Refusal.AccountNotFound}
     * @throws IllegalArgumentException if that has more than 38 digits, as the sum up to a business date may have although
     *     the account never had as much
     */
    Balance balance(Account account, AsOf asOf);

    /** Returns the accounts of that path, one for each currency. */
    List<Account> accountsAt(String path);

    /**
     * Returns an account's statement.
     *
     * @param from first business date, inclusive
     * @param to last business date, inclusive
     * @param asOf what was recorded by when; its business date is not used
     * @throws RefusedException with {@link Refusal.AccountNotFound}
     * @throws IllegalArgumentException if it would have more than {@link Statement#LINES_MAX} lines, ends before it
     *     begins or is not in the years 1900 to 9999, or a balance in it has more than 38 digits
     */
    Statement statement(Account account, LocalDate from, LocalDate to, AsOf asOf);

    /** Returns a recorded entry. */
    Optional<RecordedEntry> entry(EntryReference entry);

    /** Returns a hold as it is now. */
    Optional<Hold> hold(HoldReference hold);

    /**
     * Returns holds in the order in which they were placed, at most {@code limit} after the first {@code offset}.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@link #PAGE_MAX}, or the offset is below zero
     */
    List<Hold> holds(int limit, int offset);

    /**
     * Returns holds in a state in the order in which they were placed, at most {@code limit} after the first {@code
     * offset}.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@link #PAGE_MAX}, or the offset is below zero
     */
    List<Hold> holds(HoldState state, int limit, int offset);
}
