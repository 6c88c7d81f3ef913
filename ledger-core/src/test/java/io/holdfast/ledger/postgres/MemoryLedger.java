package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Result;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What the planner plans for, kept in memory: reads for a batch what the database would give it, keeps what it planned. */
final class MemoryLedger {

    final Map<Account, AccountSnapshot> accounts = new LinkedHashMap<>();
    final Map<UUID, HoldSnapshot> holds = new LinkedHashMap<>();
    final Map<Key, RecordedEntry> entries = new LinkedHashMap<>();
    final List<PlannedEntry> journal = new ArrayList<>();

    private final EntryIds ids = new CountedIds();
    private Optional<LocalDate> closedThrough = Optional.empty();

    /** Ids in the order in which they were asked for. */
    private static final class CountedIds implements EntryIds {

        private long count;

        @Override
        public UUID next(Instant recordedAt) {
            return new UUID(0x7000L, 0x8000_0000_0000_0000L | count++);
        }
    }

    void open(Account account, AccountSnapshot.Terms terms) {
        accounts.put(
                account,
                new AccountSnapshot(
                        accounts.size() + 1L, account, BigInteger.ZERO, BigInteger.ZERO, 0, terms, Optional.empty()));
    }

    void closeThrough(LocalDate date) {
        closedThrough = Optional.of(date);
    }

    List<Result> execute(List<Command> commands, Instant now) {
        List<Submission> batch = commands.stream()
                .map(command -> new Submission(command, "test"))
                .toList();
        Moment moment = new Moment(now, LocalDate.ofInstant(now, ZoneOffset.UTC), closedThrough);
        World world = read(new Named(batch), now);
        List<Result> results =
                new Planner(world, moment, new Bookkeeper(world, moment, ids, "main", "test")).plan(batch);
        world.changedAccounts().forEach(account -> accounts.put(account.account(), account));
        world.changedHolds().forEach(hold -> holds.put(hold.id(), hold));
        for (PlannedEntry planned : world.planned()) {
            journal.add(planned);
            entries.put(planned.entry().key(), planned.entry());
        }
        return results;
    }

    private World read(Named named, Instant now) {
        World world = new World();
        Set<UUID> known = new HashSet<>();
        accounts.values().forEach(world::addAccount);
        named.keys.forEach(key -> Optional.ofNullable(entries.get(key)).ifPresent(world::addEntry));
        named.entries.forEach(reference -> entry(reference).ifPresent(entry -> {
            world.addEntry(entry);
            addReversed(world, entry);
        }));
        Set<UUID> wanted = new HashSet<>(named.holds);
        named.holdKeys.forEach(key -> Optional.ofNullable(entries.get(key)).ifPresent(entry -> {
            world.addHoldKey(key, entry.id());
            wanted.add(entry.id());
        }));
        wanted.forEach(id -> Optional.ofNullable(holds.get(id)).ifPresent(hold -> {
            known.add(id);
            world.addHold(hold);
        }));
        for (AccountSnapshot account : accounts.values()) {
            readDeadlines(world, account, named, known, now);
        }
        return world;
    }

    private void readDeadlines(World world, AccountSnapshot account, Named named, Set<UUID> known, Instant now) {
        List<Instant> watched =
                new ArrayList<>(account.earliestExpiry().stream().toList());
        Optional.ofNullable(named.deadlines.get(account.account())).ifPresent(watched::add);
        if (watched.stream().allMatch(now::isBefore)) {
            return;
        }
        List<HoldSnapshot> unknown = holds.values().stream()
                .filter(hold -> hold.accountId() == account.id() && !known.contains(hold.id()))
                .filter(hold -> hold.state() == io.holdfast.ledger.HoldState.ACTIVE
                        && hold.expiresAt().isPresent())
                .sorted(HoldSnapshot.BY_DEADLINE)
                .toList();
        unknown.stream().filter(hold -> hold.isExpiredAt(now)).forEach(world::addHold);
        unknown.stream()
                .flatMap(hold -> hold.expiresAt().stream())
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .ifPresent(next -> world.addNextExpiry(account.id(), next));
    }

    private void addReversed(World world, RecordedEntry original) {
        Map<World.ReversedLine, BigInteger> reversed = new LinkedHashMap<>();
        for (RecordedEntry entry : entries.values()) {
            if (entry.reverses().equals(Optional.of(original.id()))) {
                for (Posting posting : entry.postings()) {
                    reversed.merge(
                            new World.ReversedLine(
                                    original.id(),
                                    posting.account(),
                                    posting.side().opposite()),
                            posting.amount().minor(),
                            BigInteger::add);
                }
            }
        }
        reversed.forEach(world::addReversed);
    }

    private Optional<RecordedEntry> entry(EntryReference reference) {
        return reference instanceof EntryReference.ById byId
                ? entries.values().stream()
                        .filter(entry -> entry.id().equals(byId.id()))
                        .findFirst()
                : Optional.ofNullable(entries.get(((EntryReference.ByKey) reference).key()));
    }

    /** Returns everything that is kept, to be compared. */
    Map<String, Object> rows() {
        Map<String, Object> rows = new TreeMap<>();
        accounts.forEach((account, snapshot) -> rows.put("balance of " + account, snapshot));
        holds.forEach((id, hold) -> rows.put("hold " + id, hold));
        journal.forEach(planned -> rows.put("entry " + planned.entry().key(), planned));
        return rows;
    }
}
