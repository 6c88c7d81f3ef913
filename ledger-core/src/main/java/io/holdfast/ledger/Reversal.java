package io.holdfast.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Undoes a plain entry, wholly or in part, with a new entry linked to it.
 *
 * @param key idempotency key
 * @param details business date, description, metadata, documents
 * @param entry which; an entry of kind {@code post}
 * @param amount how much of it, for an entry of two postings
 * @param postings what to undo, for an entry of more: opposite postings to the same accounts that balance; with neither
 *     amount nor postings the whole entry is undone
 */
public record Reversal(Key key, Details details, EntryReference entry, Optional<Money> amount, List<Posting> postings)
        implements KeyedCommand {

    /**
     * Refuses an amount that is not above zero, amount and postings together, and postings that do not balance.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public Reversal {
        postings = List.copyOf(postings);
        if (amount.isPresent() && !amount.get().isPositive()) {
            throw new IllegalArgumentException(
                    "Reversal \"" + key + "\" of " + amount.get() + ": an amount is above zero");
        }
        if (amount.isPresent() && !postings.isEmpty()) {
            throw new IllegalArgumentException(
                    "Reversal \"" + key + "\" names an amount and postings: one of them says how much");
        }
        if (!postings.isEmpty()) {
            postings = new JournalEntry(key, details, postings).postings();
        }
    }

    /** Asks to undo an entry wholly. */
    public static Reversal of(UUID entry, String key) {
        return of(EntryReference.of(entry), Key.of(key));
    }

    /** Asks to undo an entry wholly. */
    public static Reversal of(EntryReference entry, Key key) {
        return new Reversal(key, Details.NONE, entry, Optional.empty(), List.of());
    }

    /** Returns the same for an amount only, of an entry of two postings. */
    public Reversal amount(Money part) {
        return new Reversal(key, details, entry, Optional.of(part), List.of());
    }

    /** Returns the same for these postings only: each opposite to one of the entry's, and together balanced. */
    public Reversal postings(List<Posting> opposite) {
        return new Reversal(key, details, entry, Optional.empty(), opposite);
    }

    /** Returns the same with these details. */
    public Reversal with(Details replacement) {
        return new Reversal(key, replacement, entry, amount, postings);
    }
}
