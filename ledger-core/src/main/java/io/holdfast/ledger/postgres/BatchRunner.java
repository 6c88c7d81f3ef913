package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Result;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/**
 * The one write path. A batch is: find what its commands name - lock the balances - read holds and reversals in a later
 * statement, whose snapshot is fresh - plan - write. A key that turns out to have been used before is read and the batch
 * planned again.
 */
final class BatchRunner {

    /** The most holds that one transaction releases because they have expired. */
    static final int EXPIRIES_MAX = 1_000;

    private static final int PLANS_MAX = 5;

    /** How many expired holds of an account are read to begin with, and how many times more whenever a plan needs more. */
    private static final int EXPIRED_READ = 100;

    private static final int EXPIRED_MORE = 10;

    private final Book book;
    private final EntryIds ids;
    private final String origin;
    private final AccountIds accountIds;
    private final BalanceLocks locks;
    private final JournalStore journal;
    private final EntryReader entries;
    private final HoldReader holds;

    BatchRunner(Book book, EntryIds ids, String origin) {
        this.book = book;
        this.ids = ids;
        this.origin = origin;
        this.accountIds = new AccountIds(book);
        this.locks = new BalanceLocks(book);
        this.journal = new JournalStore(book);
        this.entries = new EntryReader(book);
        this.holds = new HoldReader(book);
    }

    /** Carries out a batch in the transaction that is open; one result for each submission. */
    List<Result> run(DSLContext db, List<Submission> submissions) {
        Named named = new Named(submissions);
        List<RecordedEntry> facts = entries.named(db, named.entries);
        Set<Account> accounts = new LinkedHashSet<>(named.accounts);
        facts.forEach(entry -> entry.postings().forEach(posting -> accounts.add(posting.account())));
        BalanceLocks.Locked locked = locks.acquire(db, accountIds.resolve(db, accounts), named);
        Read read = read(db, locked, new Read(facts, named, EXPIRED_READ));

        List<RecordedEntry> replayed = new ArrayList<>();
        Set<Key> unread = new HashSet<>(named.keys);
        for (int attempt = 1; attempt <= PLANS_MAX; attempt++) {
            Planned planned = plan(db, submissions, locked, read, replayed);
            Set<Key> used = journal.write(db, planned.world(), unread);
            if (used.isEmpty()) {
                return planned.results();
            }
            if (namesMore(db, read)) {
                throw new SqlStates.Superseded();
            }
            replayed.addAll(
                    entries.named(db, used.stream().map(EntryReference::of).toList()));
            unread.removeAll(used);
        }
        throw new IllegalStateException("Keys of one batch were taken by other writers " + PLANS_MAX + " times over");
    }

    /** What a plan came to. */
    private record Planned(World world, List<Result> results) {}

    /** Plans, with ten times as many expired holds each time the plan needs more of them than were read. */
    private Planned plan(
            DSLContext db,
            List<Submission> submissions,
            BalanceLocks.Locked locked,
            Read read,
            List<RecordedEntry> replayed) {
        while (true) {
            World world = read.world(locked);
            replayed.forEach(world::addEntry);
            try {
                return new Planned(world, planner(world, locked.moment()).plan(submissions));
            } catch (World.MoreExpired needed) {
                read.expiredWanted = Math.multiplyExact(read.expiredWanted, EXPIRED_MORE);
                readExpired(db, locked, read);
                Instant now = locked.moment().now();
                read.readTotals(holds.expired(db, read.unread.keySet(), now), now);
            }
        }
    }

    /** Releases holds that have expired, those that expired first, and returns how many; the limit is at most 1,000. */
    int expire(DSLContext db, int limit) {
        return expire(db, holds.accountsToExpire(db, limit), limit);
    }

    /** Releases the holds of an account that have expired. */
    int expire(DSLContext db, Account account, long id) {
        return expire(db, Map.of(account, id), EXPIRIES_MAX);
    }

    private int expire(DSLContext db, Map<Account, Long> accounts, int limit) {
        if (accounts.isEmpty()) {
            return 0;
        }
        BalanceLocks.Locked locked = locks.acquire(db, accounts);
        Read read = read(db, locked, new Read(List.of(), new Named(List.of()), limit));
        World world = read.world(locked);
        Bookkeeper bookkeeper = new Bookkeeper(world, locked.moment(), ids, book.name(), origin);
        List<HoldSnapshot> due = read.overdue.stream()
                .filter(hold -> hold.isExpiredAt(locked.moment().now()))
                .limit(limit)
                .toList();
        due.forEach(bookkeeper::expire);
        journal.write(db, world, Set.of());
        return due.size();
    }

    /** Tells whether a hold or entry that the batch names is there now and was not when the batch looked for it. */
    private boolean namesMore(DSLContext db, Read read) {
        Named named = read.named;
        return (read.facts.size() < named.entries.size()
                        && entries.named(db, named.entries).size() > read.facts.size())
                || (read.found.size() < named.holdCount()
                        && holds.named(db, named).size() > read.found.size());
    }

    private Planner planner(World world, Moment moment) {
        return new Planner(world, moment, new Bookkeeper(world, moment, ids, book.name(), origin));
    }

    /** Reads under lock what the plan will need beside the facts that were read before. */
    private Read read(DSLContext db, BalanceLocks.Locked locked, Read read) {
        read.found.addAll(locked.only(holds.named(db, read.named)));
        readExpired(db, locked, read);
        List<UUID> originals = read.facts.stream()
                .filter(entry -> entry.kind() != EntryKind.HOLD)
                .map(RecordedEntry::id)
                .toList();
        for (RecordedEntry reversal : entries.reversing(db, originals)) {
            for (Posting posting : reversal.postings()) {
                read.reversed.merge(
                        new World.ReversedLine(
                                reversal.reverses().orElseThrow(),
                                posting.account(),
                                posting.side().opposite()),
                        posting.amount().minor(),
                        BigInteger::add);
            }
        }
        return read;
    }

    private void readExpired(DSLContext db, BalanceLocks.Locked locked, Read read) {
        Instant now = locked.moment().now();
        Set<Long> expiring = locked.accounts().stream()
                .filter(account -> read.hasDeadlineBy(now, account))
                .map(AccountSnapshot::id)
                .collect(Collectors.toSet());
        if (!expiring.isEmpty()) {
            read.readExpired(holds.overdue(db, expiring, now, read.expiredWanted), now);
            Set<UUID> named = read.found.stream().map(one -> one.hold().id()).collect(Collectors.toSet());
            read.nextExpiries.putAll(holds.nextExpiries(db, expiring, named, now));
        }
    }

    /** What was read for a batch, from which each plan begins with a world of its own. */
    private static final class Read {

        private final List<RecordedEntry> facts;
        private final Named named;

        /** The holds that are named. */
        private final List<HoldReader.Found> found = new ArrayList<>();

        /** Holds that have expired. */
        private final List<HoldSnapshot> overdue = new ArrayList<>();

        private final Map<Long, Instant> nextExpiries = new HashMap<>();
        private final Map<World.ReversedLine, BigInteger> reversed = new HashMap<>();

        /** Of each account's expired holds, how many were to be read. */
        private int expiredWanted;

        private final Map<Long, World.Unread> unread = new HashMap<>();

        Read(List<RecordedEntry> facts, Named named, int expiredWanted) {
            this.expiredWanted = expiredWanted;
            this.facts = facts;
            this.named = named;
        }

        void readExpired(List<HoldSnapshot> those, Instant now) {
            overdue.clear();
            overdue.addAll(those);
            unread.clear();
            expired(now).forEach((account, expired) -> {
                if (expired.size() > expiredWanted) {
                    unread.put(account, new World.Unread(expired.get(expiredWanted - 1), Optional.empty()));
                }
            });
        }

        /** Takes what all expired holds of the accounts have left, of which some were not read. */
        void readTotals(Map<Long, BigInteger> totals, Instant now) {
            expired(now)
                    .forEach((account, expired) -> unread.computeIfPresent(account, (same, those) -> {
                        BigInteger here =
                                expired.stream().map(HoldSnapshot::remaining).reduce(BigInteger.ZERO, BigInteger::add);
                        BigInteger all = totals.getOrDefault(account, here);
                        return new World.Unread(those.after(), Optional.of(all.subtract(here)));
                    }));
        }

        private Map<Long, List<HoldSnapshot>> expired(Instant now) {
            return Stream.concat(overdue.stream(), found.stream().map(HoldReader.Found::hold))
                    .distinct()
                    .filter(hold -> hold.isExpiredAt(now))
                    .sorted(HoldSnapshot.BY_DEADLINE)
                    .collect(Collectors.groupingBy(HoldSnapshot::accountId));
        }

        /** Tells whether an account may have an expired hold now, or get one from this batch. */
        boolean hasDeadlineBy(Instant now, AccountSnapshot account) {
            Optional<Instant> wanted = Optional.ofNullable(named.deadlines.get(account.account()));
            return Stream.concat(account.earliestExpiry().stream(), wanted.stream())
                    .anyMatch(deadline -> !deadline.isAfter(now));
        }

        World world(BalanceLocks.Locked locked) {
            World world = new World();
            locked.accounts().forEach(world::addAccount);
            overdue.forEach(world::addHold);
            for (HoldReader.Found one : found) {
                world.addHold(one.hold());
                world.addHoldKey(one.key(), one.hold().id());
            }
            unread.forEach(world::addUnread);
            nextExpiries.forEach(world::addNextExpiry);
            facts.forEach(world::addEntry);
            reversed.forEach(world::addReversed);
            return world;
        }
    }
}
