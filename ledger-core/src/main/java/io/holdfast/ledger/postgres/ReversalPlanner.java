package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Reversal;
import io.holdfast.ledger.Side;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans reversals: the postings of an entry, or a part of them, on the other side. */
final class ReversalPlanner {

    private final World world;
    private final Bookkeeper bookkeeper;

    ReversalPlanner(World world, Bookkeeper bookkeeper) {
        this.world = world;
        this.bookkeeper = bookkeeper;
    }

    RecordedEntry reverse(Reversal reversal, Caption caption) {
        checkAccounts(reversal.postings(), caption);
        RecordedEntry original =
                world.entry(reversal.entry()).orElseThrow(() -> Planner.Refusing.notFound(reversal.entry()));
        if (original.kind() != EntryKind.POST) {
            throw new Planner.Refusing(new Refusal.NotReversible(reversal.entry(), original.kind()));
        }
        caption.checkMayTouch("Entry " + reversal.entry(), original.key());
        List<Posting> postings = postings(reversal, original);
        checkLeft(reversal, original, postings);
        checkAccounts(postings, caption);
        RecordedEntry entry = bookkeeper.record(
                new Draft(EntryKind.REVERSE, caption, postings, Optional.empty(), Optional.of(original.id())));
        postings.forEach(posting ->
                world.addReversal(line(original, posting), posting.amount().minor()));
        return entry;
    }

    private void checkAccounts(List<Posting> postings, Caption caption) {
        bookkeeper.checkNamed(postings.stream().map(Posting::account).toList(), postings, caption);
    }

    private static List<Posting> postings(Reversal reversal, RecordedEntry original) {
        if (!reversal.postings().isEmpty()) {
            return reversal.postings();
        }
        if (reversal.amount().isEmpty()) {
            return original.postings().stream()
                    .map(posting -> opposite(posting, posting.amount()))
                    .toList();
        }
        Money amount = reversal.amount().get();
        if (original.postings().size() != 2) {
            throw malformed(
                    reversal,
                    "has " + original.postings().size()
                            + " postings: an amount alone does not say which of them to undo, so name the postings");
        }
        if (!original.postings().get(0).amount().currency().equals(amount.currency())) {
            throw malformed(reversal, "is not in the currency of " + amount);
        }
        return original.postings().stream()
                .map(posting -> opposite(posting, amount))
                .toList();
    }

    private void checkLeft(Reversal reversal, RecordedEntry original, List<Posting> postings) {
        Map<World.ReversedLine, BigInteger> wanted = new LinkedHashMap<>();
        postings.forEach(posting ->
                wanted.merge(line(original, posting), posting.amount().minor(), BigInteger::add));
        wanted.forEach((line, minor) -> {
            BigInteger posted = posted(original, line.account(), line.side());
            if (posted.signum() == 0) {
                throw malformed(reversal, "has no " + line.side().word() + " of " + line.account() + " to undo");
            }
            BigInteger left = posted.subtract(world.reversed(line));
            if (minor.compareTo(left) > 0) {
                throw new Planner.Refusing(new Refusal.AlreadyReversed(
                        reversal.entry(),
                        original.id(),
                        line.account(),
                        Money.ofMinor(line.account().currency(), left.min(AccountSnapshot.MOST))));
            }
        });
    }

    private static BigInteger posted(RecordedEntry original, Account account, Side side) {
        return original.postings().stream()
                .filter(posting -> posting.account().equals(account) && posting.side() == side)
                .map(posting -> posting.amount().minor())
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static World.ReversedLine line(RecordedEntry original, Posting opposite) {
        return new World.ReversedLine(
                original.id(), opposite.account(), opposite.side().opposite());
    }

    private static Posting opposite(Posting posting, Money amount) {
        return new Posting(posting.account(), posting.side().opposite(), Part.AVAILABLE, amount, posting.description());
    }

    private static Planner.Refusing malformed(Reversal reversal, String what) {
        return new Planner.Refusing(
                new Refusal.Malformed("Reversal \"" + reversal.key() + "\": entry " + reversal.entry() + " " + what));
    }
}
