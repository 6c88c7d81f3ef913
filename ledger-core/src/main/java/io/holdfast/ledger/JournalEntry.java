package io.holdfast.ledger;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A balanced set of postings, to be recorded with {@link Ledger#post}.
 *
 * <pre>{@code
 * JournalEntry.of("topup-42")
 *         .describedAs("Top-up")
 *         .debit("assets:bank:settlement", Money.ofMinor(UGX, 25_000))
 *         .credit("liabilities:wallets:alice", Money.ofMinor(UGX, 25_000))
 *         .build();
 * }</pre>
 *
 * @param key idempotency key
 * @param details business date, description, metadata, documents
 * @param postings 2 to 1,000, to available parts, debits equal to credits in each currency
 */
public record JournalEntry(Key key, Details details, List<Posting> postings) implements KeyedCommand {

    /** The most postings of one entry. */
    public static final int POSTINGS_MAX = 1_000;

    /**
     * Refuses what does not balance.
     *
     * @throws IllegalArgumentException with the currency and the difference, or the number of postings
     */
    public JournalEntry {
        postings = List.copyOf(postings);
        checkCount(key, postings);
        if (postings.size() < 2) {
            throw new IllegalArgumentException(
                    "Entry \"" + key + "\" has " + postings.size() + " postings, at least 2 are needed");
        }
        if (postings.stream().anyMatch(posting -> posting.part() == Part.HELD)) {
            throw new IllegalArgumentException("Entry \"" + key + "\" touches a held part, which only holds do");
        }
        net(postings).forEach((currency, off) -> {
            if (off.signum() != 0) {
                throw new IllegalArgumentException("Entry \"" + key + "\" is unbalanced: debits less credits are "
                        + currency + " " + new java.math.BigDecimal(off, currency.exponent()).toPlainString());
            }
        });
    }

    /**
     * Begins an entry.
     *
     * @throws IllegalArgumentException if the key is malformed
     */
    public static Builder of(String key) {
        return of(Key.of(key));
    }

    /** Begins an entry. */
    public static Builder of(Key key) {
        return new Builder(key);
    }

    /** Returns debits less credits, in minor units, for each currency. */
    static Map<Currency, BigInteger> net(List<Posting> postings) {
        Map<Currency, BigInteger> net = new TreeMap<>((a, b) -> a.code().compareTo(b.code()));
        for (Posting posting : postings) {
            BigInteger minor = posting.amount().minor();
            net.merge(
                    posting.amount().currency(),
                    posting.side() == Side.DEBIT ? minor : minor.negate(),
                    BigInteger::add);
        }
        return net;
    }

    static void checkCount(Key key, List<Posting> postings) {
        if (postings.size() > POSTINGS_MAX) {
            throw new IllegalArgumentException(
                    "\"" + key + "\" has " + postings.size() + " postings, at most " + POSTINGS_MAX + " are possible");
        }
    }

    /** An entry being written. Not safe for use by several threads. */
    public static final class Builder {

        private final Key key;
        private final List<Posting> postings = new ArrayList<>();
        private Details details = Details.NONE;

        private Builder(Key key) {
            this.key = key;
        }

        /** Describes the entry. */
        public Builder describedAs(String text) {
            return with(details.describedAs(text));
        }

        /** Sets the business date. */
        public Builder effectiveOn(LocalDate date) {
            return with(details.effectiveOn(date));
        }

        /** Adds a pair of metadata. */
        public Builder metadata(String name, String value) {
            return with(details.metadata(name, value));
        }

        /** Replaces description, business date, metadata and documents. */
        public Builder with(Details replacement) {
            details = replacement;
            return this;
        }

        /** Debits the account of that path in the amount's currency. */
        public Builder debit(String path, Money amount) {
            return posting(Posting.debit(path, amount));
        }

        /** Credits the account of that path in the amount's currency. */
        public Builder credit(String path, Money amount) {
            return posting(Posting.credit(path, amount));
        }

        /** Adds a posting. */
        public Builder posting(Posting posting) {
            postings.add(posting);
            return this;
        }

        /**
         * Returns the entry.
         *
         * @throws IllegalArgumentException if it does not balance
         */
        public JournalEntry build() {
            return new JournalEntry(key, details, postings);
        }
    }
}
