package io.holdfast.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Spends a hold, or part of it.
 *
 * <p>What it takes from the held part is what its postings net to on the account's normal side: for a wallet, credits
 * less debits, so that a provider's fee may ride along as debit expense, credit float.
 *
 * @param key idempotency key
 * @param details business date, description, metadata, documents
 * @param hold which
 * @param postings who is paid: 1 to 1,000, to available parts
 * @param finality whether what is left goes back to available ({@code true}, also when absent) or stays held
 */
public record HoldCommit(
        Key key, Details details, HoldReference hold, List<Posting> postings, Optional<Boolean> finality)
        implements KeyedCommand {

    /**
     * Refuses a commit that pays nobody.
     *
     * @throws IllegalArgumentException with the number of postings and the rule
     */
    public HoldCommit {
        postings = List.copyOf(postings);
        JournalEntry.checkCount(key, postings);
        if (postings.isEmpty()) {
            throw new IllegalArgumentException("Commit \"" + key + "\" has no postings: it says who is paid");
        }
        if (postings.stream().anyMatch(posting -> posting.part() == Part.HELD)) {
            throw new IllegalArgumentException(
                    "Commit \"" + key + "\" names a held part: that posting is added by the ledger");
        }
    }

    /** Begins the commit of a hold. */
    public static Builder of(UUID hold, String key) {
        return of(HoldReference.of(hold), Key.of(key));
    }

    /** Begins the commit of a hold. */
    public static Builder of(HoldReference hold, Key key) {
        return new Builder(hold, key);
    }

    /** Tells whether what is left goes back to available. */
    public boolean isFinal() {
        return finality.orElse(true);
    }

    /** A commit being written. Not safe for use by several threads. */
    public static final class Builder {

        private final HoldReference hold;
        private final Key key;
        private final List<Posting> postings = new ArrayList<>();
        private Details details = Details.NONE;
        private Optional<Boolean> finality = Optional.empty();

        private Builder(HoldReference hold, Key key) {
            this.hold = hold;
            this.key = key;
        }

        /** Credits the account of that path in the amount's currency. */
        public Builder credit(String path, Money amount) {
            return posting(Posting.credit(path, amount));
        }

        /** Debits the account of that path in the amount's currency. */
        public Builder debit(String path, Money amount) {
            return posting(Posting.debit(path, amount));
        }

        /** Adds a posting. */
        public Builder posting(Posting posting) {
            postings.add(posting);
            return this;
        }

        /** Replaces description, business date, metadata and documents. */
        public Builder with(Details replacement) {
            details = replacement;
            return this;
        }

        /** Keeps what is left on hold, for further commits. */
        public Builder keepRest() {
            finality = Optional.of(false);
            return this;
        }

        /** Releases what is left, which is also what happens if nothing is said. */
        public Builder releaseRest() {
            finality = Optional.of(true);
            return this;
        }

        /**
         * Returns the commit.
         *
         * @throws IllegalArgumentException if it has no postings
         */
        public HoldCommit build() {
            return new HoldCommit(key, details, hold, postings, finality);
        }
    }
}
