package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Reversal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the commands of a batch name: all that has to be found before the batch can be planned. */
final class Named {

    final Set<Key> keys = new LinkedHashSet<>();
    final Set<Account> accounts = new LinkedHashSet<>();

    /** Entries that are to be reversed. */
    final Set<EntryReference> entries = new LinkedHashSet<>();

    /** Holds that are named by their ids, and those that are named by the keys of the requests that placed them. */
    final Set<UUID> holds = new LinkedHashSet<>();

    final Set<Key> holdKeys = new LinkedHashSet<>();

    /** For accounts that are to hold something for a time, the earliest deadline. */
    final Map<Account, Instant> deadlines = new HashMap<>();

    Named(List<Submission> submissions) {
        submissions.forEach(submission -> submission.keyed().forEach(this::add));
    }

    /** Returns how many holds are named. */
    int holdCount() {
        return holds.size() + holdKeys.size();
    }

    private void add(KeyedCommand command) {
        keys.add(command.key());
        if (command instanceof JournalEntry entry) {
            addAccounts(entry.postings());
        } else if (command instanceof HoldRequest request) {
            accounts.add(request.account());
            request.expiresAt()
                    .ifPresent(at ->
                            deadlines.merge(request.account(), at, (one, other) -> one.isBefore(other) ? one : other));
        } else if (command instanceof HoldCommit commit) {
            add(commit.hold());
            addAccounts(commit.postings());
        } else if (command instanceof HoldRelease release) {
            add(release.hold());
        } else if (command instanceof Reversal reversal) {
            entries.add(reversal.entry());
            addAccounts(reversal.postings());
        }
    }

    private void add(HoldReference hold) {
        if (hold instanceof HoldReference.ById byId) {
            holds.add(byId.id());
        } else {
            holdKeys.add(((HoldReference.ByKey) hold).key());
        }
    }

    private void addAccounts(List<Posting> postings) {
        postings.forEach(posting -> accounts.add(posting.account()));
    }
}
