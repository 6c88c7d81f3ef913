package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Side;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * All that a batch may look at: what was read under lock, and what the plan has changed since. Changes can be taken back
 * to a mark, which is how a group is refused as one. Used by one thread.
 */
final class World {

    private final Map<Account, Long> ids = new HashMap<>();
    private final Map<Long, AccountSnapshot> accounts = new HashMap<>();
    private final Map<UUID, HoldSnapshot> holds = new HashMap<>();
    private final Map<Key, UUID> holdKeys = new HashMap<>();
    private final Map<UUID, Key> keysOfHolds = new HashMap<>();
    private final Map<Long, Instant> nextExpiry = new HashMap<>();
    private final Map<Long, NavigableSet<HoldSnapshot>> byDeadline = new HashMap<>();
    private final Map<Long, Unread> unread = new HashMap<>();
    private final Map<UUID, RecordedEntry> entries = new HashMap<>();
    private final Map<Key, RecordedEntry> keys = new HashMap<>();
    private final Map<ReversedLine, BigInteger> reversed = new HashMap<>();

    private final Map<Long, AccountSnapshot> changedAccounts = new LinkedHashMap<>();
    private final Map<UUID, HoldSnapshot> changedHolds = new LinkedHashMap<>();
    private final List<PlannedEntry> planned = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** What was reversed so far of one account's postings on one side of an entry. */
    record ReversedLine(UUID entry, Account account, Side side) {}

    /**
     * Expired holds of an account that were not read.
     *
     * @param after the last one before them
     * @param remaining what they have left together; absent if that was not read either
     */
    record Unread(HoldSnapshot after, Optional<BigInteger> remaining) {}

    /** A plan needs expired holds that were not read. */
    static final class MoreExpired extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MoreExpired(AccountSnapshot account) {
            super("More expired holds of " + account.account() + " are needed", null, false, false);
        }
    }

    // What was read.

    void addAccount(AccountSnapshot account) {
        ids.put(account.account(), account.id());
        accounts.put(account.id(), account);
    }

    void addHold(HoldSnapshot hold) {
        holds.put(hold.id(), hold);
        watch(hold);
    }

    /** Adds that an account has expired holds that were not added. */
    void addUnread(long accountId, Unread those) {
        unread.put(accountId, those);
    }

    /** Adds the key of the request that placed a hold. */
    void addHoldKey(Key key, UUID hold) {
        holdKeys.put(key, hold);
        keysOfHolds.put(hold, key);
    }

    /** Adds when the next hold of an account expires, of those that were not added themselves. */
    void addNextExpiry(long accountId, Instant expiry) {
        nextExpiry.put(accountId, expiry);
    }

    /** Adds an entry that a command names to reverse it, or whose key a command uses again. */
    void addEntry(RecordedEntry entry) {
        entries.put(entry.id(), entry);
        keys.putIfAbsent(entry.key(), entry);
    }

    void addReversed(ReversedLine line, BigInteger minor) {
        reversed.put(line, minor);
    }

    // What a plan asks.

    Optional<AccountSnapshot> account(Account account) {
        return Optional.ofNullable(ids.get(account)).map(this::account);
    }

    AccountSnapshot account(long id) {
        AccountSnapshot account = accounts.get(id);
        if (account == null) {
            throw new IllegalStateException("Account " + id + " was not locked before it was planned for");
        }
        return account;
    }

    Optional<RecordedEntry> entry(EntryReference reference) {
        if (reference instanceof EntryReference.ByKey byKey) {
            return entry(byKey.key());
        }
        return Optional.ofNullable(entries.get(((EntryReference.ById) reference).id()));
    }

    Optional<RecordedEntry> entry(Key key) {
        return Optional.ofNullable(keys.get(key));
    }

    Optional<HoldSnapshot> hold(HoldReference reference) {
        Optional<UUID> id = reference instanceof HoldReference.ByKey byKey
                ? Optional.ofNullable(holdKeys.get(byKey.key()))
                : Optional.of(((HoldReference.ById) reference).id());
        return id.map(holds::get);
    }

    /** Returns the key under which a hold was placed that {@link #hold} returns. */
    Key keyOf(HoldSnapshot hold) {
        return Optional.ofNullable(keysOfHolds.get(hold.id()))
                .orElseThrow(() -> new IllegalStateException("Hold " + hold.id() + " was not named"));
    }

    BigInteger reversed(ReversedLine line) {
        return reversed.getOrDefault(line, BigInteger.ZERO);
    }

    /**
     * Returns the account's holds whose deadline has passed and which nobody has released yet, earliest deadline first:
     * those of the batch itself too, so that it does not matter how commands are grouped.
     */
    Iterable<HoldSnapshot> expired(long accountId, Instant now) {
        return () -> byDeadline(accountId).stream()
                .takeWhile(hold -> hold.isExpiredAt(now))
                .iterator();
    }

    /** Returns those expired holds of an account that were not read. */
    Optional<Unread> unread(long accountId) {
        return Optional.ofNullable(unread.get(accountId));
    }

    /** Tells whether an account has expired holds, read or not. */
    boolean hasExpired(long accountId, Instant now) {
        return unread.containsKey(accountId)
                || expired(accountId, now).iterator().hasNext();
    }

    /** Returns when the next hold expires of an account that has no expired ones. */
    Optional<Instant> nextExpiry(long accountId) {
        Stream<Instant> here = byDeadline(accountId).stream().limit(1).flatMap(hold -> hold.expiresAt().stream());
        return Stream.concat(here, Stream.ofNullable(nextExpiry.get(accountId))).min(Comparator.naturalOrder());
    }

    // What a plan changes.

    void change(AccountSnapshot account) {
        put(accounts, account.id(), account);
        put(changedAccounts, account.id(), account);
    }

    void change(HoldSnapshot hold) {
        Optional<HoldSnapshot> before = Optional.ofNullable(holds.get(hold.id()));
        put(holds, hold.id(), hold);
        put(changedHolds, hold.id(), hold);
        before.ifPresent(this::forget);
        watch(hold);
        undo.push(() -> {
            forget(hold);
            before.ifPresent(this::watch);
        });
    }

    void noteHoldKey(Key key, UUID hold) {
        put(holdKeys, key, hold);
        put(keysOfHolds, hold, key);
    }

    void addReversal(ReversedLine line, BigInteger minor) {
        put(reversed, line, reversed(line).add(minor));
    }

    void add(PlannedEntry entry) {
        planned.add(entry);
        undo.push(() -> planned.remove(planned.size() - 1));
        put(keys, entry.entry().key(), entry.entry());
        put(entries, entry.entry().id(), entry.entry());
    }

    /** Returns a mark to which changes can be taken back. */
    int mark() {
        return undo.size();
    }

    void takeBackTo(int mark) {
        while (undo.size() > mark) {
            undo.pop().run();
        }
    }

    // What came of it.

    List<PlannedEntry> planned() {
        return planned;
    }

    Collection<AccountSnapshot> changedAccounts() {
        return changedAccounts.values();
    }

    Collection<HoldSnapshot> changedHolds() {
        return changedHolds.values();
    }

    private NavigableSet<HoldSnapshot> byDeadline(long accountId) {
        return byDeadline.computeIfAbsent(accountId, none -> new TreeSet<>(HoldSnapshot.BY_DEADLINE));
    }

    private void watch(HoldSnapshot hold) {
        if (hold.state() == HoldState.ACTIVE && hold.expiresAt().isPresent()) {
            byDeadline(hold.accountId()).add(hold);
        }
    }

    private void forget(HoldSnapshot hold) {
        if (hold.expiresAt().isPresent()) {
            byDeadline(hold.accountId()).remove(hold);
        }
    }

    private <K, V> void put(Map<K, V> map, K key, V value) {
        V before = map.put(key, value);
        undo.push(() -> {
            if (before == null) {
                map.remove(key);
            } else {
                map.put(key, before);
            }
        });
    }
}
