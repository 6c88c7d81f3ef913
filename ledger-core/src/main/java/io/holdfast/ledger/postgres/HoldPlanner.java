package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plans what happens to holds. The postings to a hold's own account come first in an entry: of a commit, line 1 is what
 * is spent, and lines 2 and 3, if any, release the rest.
 */
final class HoldPlanner {

    private final World world;
    private final Moment moment;
    private final Bookkeeper bookkeeper;

    HoldPlanner(World world, Moment moment, Bookkeeper bookkeeper) {
        this.world = world;
        this.moment = moment;
        this.bookkeeper = bookkeeper;
    }

    /** Returns the postings that move an amount from the available to the held part. */
    static List<Posting> setAside(Account account, Money amount) {
        Side down = account.normalSide().opposite();
        return List.of(
                new Posting(account, down, Part.AVAILABLE, amount, ""),
                new Posting(account, account.normalSide(), Part.HELD, amount, ""));
    }

    /** Returns the postings that move an amount from the held to the available part. */
    static List<Posting> released(Account account, Money amount) {
        return List.of(spend(account, amount), new Posting(account, account.normalSide(), Part.AVAILABLE, amount, ""));
    }

    RecordedEntry commit(HoldCommit commit, Caption caption) {
        Optional<Account> own = world.hold(commit.hold())
                .map(hold -> world.account(hold.accountId()).account());
        bookkeeper.checkNamed(
                commit.postings().stream().map(Posting::account).toList(),
                commit.postings().stream()
                        .filter(posting -> !own.equals(Optional.of(posting.account())))
                        .toList(),
                caption);
        HoldSnapshot hold = active(commit.hold(), caption);
        AccountSnapshot account = world.account(hold.accountId());
        BigInteger spent = spent(commit, account.account());
        if (spent.compareTo(hold.remaining()) > 0) {
            throw new Planner.Refusing(new Refusal.HoldExceeded(
                    commit.hold(), account.moneyAtMost(spent), account.money(hold.remaining())));
        }
        HoldSnapshot after = hold.spent(spent);
        List<Posting> postings = new ArrayList<>();
        postings.add(spend(account.account(), account.money(spent)));
        if (commit.isFinal() && after.remaining().signum() > 0) {
            postings.addAll(released(account.account(), account.money(after.remaining())));
            after = after.ended(HoldState.COMMITTED);
        }
        postings.addAll(commit.postings());
        RecordedEntry entry = bookkeeper.record(
                new Draft(EntryKind.COMMIT, caption, postings, Optional.of(hold.id()), Optional.empty()));
        world.change(after);
        return entry;
    }

    RecordedEntry release(HoldRelease release, Caption caption) {
        HoldSnapshot hold = active(release.hold(), caption);
        AccountSnapshot account = world.account(hold.accountId());
        RecordedEntry entry = bookkeeper.record(new Draft(
                EntryKind.RELEASE,
                caption,
                released(account.account(), account.money(hold.remaining())),
                Optional.of(hold.id()),
                Optional.empty()));
        world.change(hold.ended(HoldState.RELEASED));
        return entry;
    }

    private HoldSnapshot active(HoldReference reference, Caption caption) {
        HoldSnapshot hold =
                world.hold(reference).orElseThrow(() -> new Planner.Refusing(new Refusal.HoldNotFound(reference)));
        caption.checkMayTouch("Hold " + reference, world.keyOf(hold));
        if (hold.state() == HoldState.EXPIRED || hold.isExpiredAt(moment.now())) {
            throw new Planner.Refusing(
                    new Refusal.HoldExpired(reference, hold.expiresAt().orElseThrow()));
        }
        if (hold.state() != HoldState.ACTIVE) {
            throw new Planner.Refusing(new Refusal.HoldNotActive(reference, hold.state()));
        }
        return hold;
    }

    /** Returns what a commit takes from the held part: what its postings net to on the account's normal side. */
    private static BigInteger spent(HoldCommit commit, Account account) {
        Map<Currency, BigInteger> net = new TreeMap<>((a, b) -> a.code().compareTo(b.code()));
        for (Posting posting : commit.postings()) {
            BigInteger minor = posting.amount().minor();
            net.merge(
                    posting.amount().currency(),
                    posting.side() == account.normalSide() ? minor : minor.negate(),
                    BigInteger::add);
        }
        BigInteger spent = Optional.ofNullable(net.remove(account.currency())).orElse(BigInteger.ZERO);
        if (spent.signum() <= 0) {
            throw malformed(
                    commit,
                    "net to nothing above zero of " + account.currency() + " on the "
                            + account.normalSide().word() + " side");
        }
        net.forEach((currency, off) -> {
            if (off.signum() != 0) {
                throw malformed(commit, "are unbalanced in " + currency + ", and the hold is in " + account.currency());
            }
        });
        return spent;
    }

    private static Planner.Refusing malformed(HoldCommit commit, String what) {
        return new Planner.Refusing(new Refusal.Malformed(
                "The postings of commit \"" + commit.key() + "\" of hold " + commit.hold() + " " + what));
    }

    private static Posting spend(Account account, Money amount) {
        return new Posting(account, account.normalSide().opposite(), Part.HELD, amount, "");
    }
}
