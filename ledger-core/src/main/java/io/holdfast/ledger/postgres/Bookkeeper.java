package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Asks accounts, freezes and limits, and takes entries down in the world. */
final class Bookkeeper {

    private static final String ENGINE = "holdfast";

    private final World world;
    private final Moment moment;
    private final EntryIds ids;
    private final String ledger;
    private final String origin;

    Bookkeeper(World world, Moment moment, EntryIds ids, String ledger, String origin) {
        this.world = world;
        this.moment = moment;
        this.ids = ids;
        this.ledger = ledger;
        this.origin = origin;
    }

    /**
     * Asks of the accounts that a command names whether they exist, then whether one is frozen against postings, then
     * whether one is closed.
     */
    void checkNamed(List<Account> accounts, List<Posting> postings, Caption caption) {
        List<AccountSnapshot> found = new ArrayList<>(accounts.size());
        for (Account account : accounts) {
            found.add(world.account(account).orElseThrow(() -> Planner.Refusing.notFound(account)));
        }
        checkFreezes(postings, caption);
        for (AccountSnapshot account : found) {
            if (account.terms().closed()) {
                throw new Planner.Refusing(new Refusal.AccountClosed(account.account()));
            }
        }
    }

    /** Asks whether an account is frozen against the net change of what is available in it. */
    private void checkFreezes(List<Posting> postings, Caption caption) {
        if (caption.details().unconditional()) {
            return;
        }
        Map<AccountSnapshot, BigInteger> changes = new LinkedHashMap<>();
        for (Posting posting : postings) {
            Optional<AccountSnapshot> account = world.account(posting.account());
            if (posting.part() == Part.AVAILABLE
                    && account.filter(AccountSnapshot::isFrozen).isPresent()) {
                changes.merge(account.get(), posting.effect().minor(), BigInteger::add);
            }
        }
        changes.forEach((account, change) -> account.frozenAgainst(change).ifPresent(side -> {
            throw new Planner.Refusing(new Refusal.AccountFrozen(account.account(), side));
        }));
    }

    /** Checks limits and records the entry. */
    RecordedEntry record(Draft draft) {
        return record(draft, Optional.empty());
    }

    /** Checks limits and records an entry that places a hold, and the hold. */
    RecordedEntry recordHold(HoldRequest request, Draft draft) {
        RecordedEntry entry = record(draft, request.expiresAt());
        AccountSnapshot account = world.account(request.account()).orElseThrow();
        BigInteger minor = request.amount().minor();
        world.change(new HoldSnapshot(
                entry.id(), account.id(), minor, BigInteger.ZERO, minor, HoldState.ACTIVE, request.expiresAt()));
        world.noteHoldKey(request.key(), entry.id());
        request.expiresAt().ifPresent(expiry -> {
            if (account.earliestExpiry().isEmpty()
                    || expiry.isBefore(account.earliestExpiry().get())) {
                world.change(account.withEarliestExpiry(Optional.of(expiry)));
            }
        });
        return entry;
    }

    /** Releases what is left of an expired hold, in an entry of the ledger's own. */
    RecordedEntry expire(HoldSnapshot hold) {
        AccountSnapshot account = world.account(hold.accountId());
        Key key = Key.reserved("expire", hold.id().toString());
        Details details =
                Details.NONE.effectiveOn(moment.firstOpen(moment.today())).asUnconditional();
        String fingerprint = Fingerprint.of(
                HoldRelease.of(HoldReference.of(hold.id()), key), hold.id().toString());
        List<Posting> postings = HoldPlanner.released(account.account(), account.money(hold.remaining()));
        RecordedEntry entry = record(new Draft(
                EntryKind.EXPIRE,
                new Caption(key, details, ENGINE, fingerprint),
                postings,
                Optional.of(hold.id()),
                Optional.empty()));
        world.change(hold.ended(HoldState.EXPIRED));
        world.change(watched(world.account(account.id())));
        return entry;
    }

    /** Returns the account watching for its next deadline, if it watches for one that has passed and has nothing left to expire. */
    private AccountSnapshot watched(AccountSnapshot account) {
        boolean hasPassed = account.earliestExpiry()
                .filter(expiry -> !expiry.isAfter(moment.now()))
                .isPresent();
        return hasPassed && !world.hasExpired(account.id(), moment.now())
                ? account.withEarliestExpiry(world.nextExpiry(account.id()))
                : account;
    }

    private RecordedEntry record(Draft draft, Optional<Instant> expiresAt) {
        boolean unconditional = draft.caption().details().unconditional();
        Effect effect = effect(draft);
        if (!unconditional) {
            int before = world.mark();
            effect.accounts().forEach(this::checkMinimum);
            // Releasing expired holds to meet a minimum moves accounts on, so the effect is worked out again.
            effect = world.mark() == before ? effect : effect(draft);
        }
        effect.accounts().forEach(account -> checkMaximum(account, unconditional));
        return written(draft, effect, expiresAt);
    }

    /** What an entry does: the accounts as they are after it, and for each posting its place. */
    private record Effect(Collection<AccountSnapshot> accounts, List<PlannedEntry.Place> places) {}

    private Effect effect(Draft draft) {
        Map<Account, AccountSnapshot> accounts = new LinkedHashMap<>();
        List<PlannedEntry.Place> places = new ArrayList<>(draft.postings().size());
        for (Posting posting : draft.postings()) {
            AccountSnapshot before = accounts.get(posting.account());
            if (before == null) {
                before = world.account(posting.account())
                        .orElseThrow(() -> Planner.Refusing.notFound(posting.account()));
            }
            AccountSnapshot after =
                    before.after(posting.part(), posting.effect().minor());
            accounts.put(posting.account(), after);
            places.add(new PlannedEntry.Place(after.id(), after.lastSeq()));
        }
        return new Effect(accounts.values(), places);
    }

    private void checkMinimum(AccountSnapshot after) {
        if (after.terms().minimum().isEmpty()) {
            return;
        }
        BigInteger minimum = after.terms().minimum().get();
        AccountSnapshot before = world.account(after.id());
        if (after.available().compareTo(minimum) >= 0 || after.available().compareTo(before.available()) >= 0) {
            return;
        }
        BigInteger missing = minimum.subtract(after.available());
        List<HoldSnapshot> enough = expiredWorth(after, missing);
        if (enough.isEmpty()) {
            throw new Planner.Refusing(new Refusal.InsufficientFunds(
                    after.account(),
                    after.moneyAtMost(before.available().subtract(after.available())),
                    after.money(before.available().add(expiredIn(after))),
                    after.money(minimum)));
        }
        enough.forEach(this::expire);
    }

    /**
     * Returns the expired holds of an account that have to be released to free so much, earliest deadline first, or
     * none if all together do not have it.
     */
    private List<HoldSnapshot> expiredWorth(AccountSnapshot account, BigInteger missing) {
        Optional<World.Unread> unread = world.unread(account.id());
        List<HoldSnapshot> enough = new ArrayList<>();
        BigInteger left = missing;
        for (HoldSnapshot hold : world.expired(account.id(), moment.now())) {
            boolean isBeyond = unread.filter(those -> HoldSnapshot.BY_DEADLINE.compare(hold, those.after()) > 0)
                    .isPresent();
            if (isBeyond) {
                break;
            }
            enough.add(hold);
            left = left.subtract(hold.remaining());
            if (left.signum() <= 0) {
                return enough;
            }
        }
        if (unread.isPresent() && expiredIn(account).compareTo(missing) >= 0) {
            throw new World.MoreExpired(account);
        }
        return List.of();
    }

    /** Returns what all expired holds of an account have left. */
    private BigInteger expiredIn(AccountSnapshot account) {
        BigInteger left = world.unread(account.id())
                .map(unread -> unread.remaining().orElseThrow(() -> new World.MoreExpired(account)))
                .orElse(BigInteger.ZERO);
        for (HoldSnapshot hold : world.expired(account.id(), moment.now())) {
            left = left.add(hold.remaining());
        }
        return left;
    }

    private void checkMaximum(AccountSnapshot after, boolean unconditional) {
        AccountSnapshot before = world.account(after.id());
        Optional<BigInteger> maximum =
                unconditional ? Optional.empty() : after.terms().maximum();
        boolean beyondMaximum = maximum.isPresent()
                && after.total().compareTo(maximum.get()) > 0
                && after.total().compareTo(before.total()) > 0;
        boolean beyondDigits =
                !Money.fits(after.available()) || !Money.fits(after.held()) || !Money.fits(after.total());
        if (beyondMaximum || beyondDigits) {
            throw new Planner.Refusing(new Refusal.LimitExceeded(
                    after.account(),
                    after.money(before.total()),
                    after.money(beyondMaximum ? maximum.get() : AccountSnapshot.MOST)));
        }
    }

    private RecordedEntry written(Draft draft, Effect effect, Optional<Instant> expiresAt) {
        Caption caption = draft.caption();
        UUID id = ids.next(moment.now());
        effect.accounts().forEach(account -> world.change(watched(account)));
        RecordedEntry entry = new RecordedEntry(
                        ledger,
                        id,
                        draft.kind(),
                        caption.key(),
                        caption.effectiveOn(),
                        moment.now(),
                        caption.actor(),
                        origin,
                        caption.details().description(),
                        caption.details().metadata(),
                        caption.details().documents(),
                        draft.postings(),
                        draft.kind() == EntryKind.HOLD ? Optional.of(id) : draft.holdId(),
                        expiresAt,
                        draft.reverses(),
                        caption.fingerprint(),
                        "")
                .hashed();
        world.add(new PlannedEntry(entry, effect.places()));
        return entry;
    }
}
