package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Reversal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of each command of a batch: a pure function of the world as it was read under lock, the moment,
 * and the ids it is given. It needs no database.
 *
 * <p>For each command, in order: a key that was used before answers at once; then period, accounts that the command
 * names, hold or entry, and limits are asked, and the first that says no is the refusal. A command that is refused
 * leaves the world as it was.
 */
final class Planner {

    private final World world;
    private final Moment moment;
    private final Bookkeeper bookkeeper;

    /** A planner for one batch. */
    Planner(World world, Moment moment, Bookkeeper bookkeeper) {
        this.world = world;
        this.moment = moment;
        this.bookkeeper = bookkeeper;
    }

    List<Result> plan(List<Submission> submissions) {
        List<Result> results = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            results.add(
                    submission.command() instanceof CommandGroup group
                            ? plan(group, submission.actor())
                            : plan((KeyedCommand) submission.command(), submission.actor()));
        }
        return results;
    }

    private Result plan(CommandGroup group, String actor) {
        int mark = world.mark();
        List<Result> results = new ArrayList<>();
        for (KeyedCommand command : group.commands()) {
            Result result = plan(command, actor);
            if (result instanceof Result.Refused refused) {
                world.takeBackTo(mark);
                return new Result.GroupRefused(results.size(), refused.refusal());
            }
            results.add(result);
        }
        return new Result.GroupRecorded(results);
    }

    private Result plan(KeyedCommand command, String actor) {
        String fingerprint = Fingerprint.of(command, target(command));
        Optional<RecordedEntry> before = world.entry(command.key());
        if (before.isPresent()) {
            RecordedEntry entry = before.get();
            return entry.fingerprint().equals(fingerprint)
                    ? new Result.Replayed(entry)
                    : new Result.Refused(new Refusal.KeyConflict(
                            command.key(), Fingerprint.differences(entry.fingerprint(), fingerprint)));
        }
        int mark = world.mark();
        try {
            return new Result.Recorded(
                    record(command, new Caption(command.key(), command.details(), actor, fingerprint)));
        } catch (Refusing no) {
            world.takeBackTo(mark);
            return new Result.Refused(no.refusal());
        }
    }

    /** Returns the id of what a command names, so that naming it otherwise is not other content. */
    private String target(KeyedCommand command) {
        if (command instanceof HoldCommit commit) {
            return target(commit.hold());
        } else if (command instanceof HoldRelease release) {
            return target(release.hold());
        } else if (command instanceof Reversal reversal) {
            return world.entry(reversal.entry())
                    .map(entry -> entry.id().toString())
                    .orElse(reversal.entry().toString());
        }
        return "";
    }

    private String target(HoldReference reference) {
        return world.hold(reference).map(hold -> hold.id().toString()).orElse(reference.toString());
    }

    private RecordedEntry record(KeyedCommand command, Caption caption) {
        LocalDate effectiveOn = effectiveOn(caption);
        Caption dated = caption.effectiveOn(effectiveOn);
        if (command instanceof JournalEntry entry) {
            return post(entry, dated);
        } else if (command instanceof HoldRequest request) {
            return hold(request, dated);
        } else if (command instanceof HoldCommit commit) {
            return new HoldPlanner(world, moment, bookkeeper).commit(commit, dated);
        } else if (command instanceof HoldRelease release) {
            return new HoldPlanner(world, moment, bookkeeper).release(release, dated);
        }
        return new ReversalPlanner(world, bookkeeper).reverse((Reversal) command, dated);
    }

    private LocalDate effectiveOn(Caption caption) {
        LocalDate wanted = caption.details().effectiveOn().orElse(moment.today());
        if (caption.details().unconditional()) {
            return moment.firstOpen(wanted);
        }
        if (moment.isClosed(wanted)) {
            throw new Refusing(
                    new Refusal.PeriodClosed(wanted, moment.closedThrough().orElseThrow()));
        }
        return wanted;
    }

    private RecordedEntry post(JournalEntry entry, Caption caption) {
        List<Account> accounts = new ArrayList<>(entry.postings().size());
        entry.postings().forEach(posting -> accounts.add(posting.account()));
        bookkeeper.checkNamed(accounts, entry.postings(), caption);
        return bookkeeper.record(new Draft(EntryKind.POST, caption, entry.postings()));
    }

    private RecordedEntry hold(HoldRequest request, Caption caption) {
        List<Posting> postings = HoldPlanner.setAside(request.account(), request.amount());
        bookkeeper.checkNamed(List.of(request.account()), postings.subList(0, 1), caption);
        return bookkeeper.recordHold(request, new Draft(EntryKind.HOLD, caption, postings));
    }

    /** A refusal on its way from the rule to the command that it refuses. */
    static final class Refusing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        Refusing(Refusal refusal) {
            super(refusal.code(), null, false, false);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }

        static Refusing notFound(Account account) {
            return new Refusing(new Refusal.AccountNotFound(account));
        }

        static Refusing notFound(EntryReference entry) {
            return new Refusing(new Refusal.EntryNotFound(entry));
        }
    }
}
