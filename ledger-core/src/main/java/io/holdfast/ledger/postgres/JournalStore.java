package io.holdfast.ledger.postgres;

import io.holdfast.db.generated.tables.records.WriteBatchRecord;
import io.holdfast.ledger.Key;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Writes what a batch came to, in one statement. */
final class JournalStore {

    private final Book book;

    JournalStore(Book book) {
        this.book = book;
    }

    /**
     * Writes everything that the plan came to, unless one of the batch's keys has been used before; returns the keys
     * that were.
     *
     * <p>A key that another transaction is just taking is waited for. If that commits, the entry is left out, its
     * postings are not, and the guard refuses the whole statement with HF006: the caller plans again.
     */
    Set<Key> write(DSLContext db, World plan, Collection<Key> keys) {
        return db
                .selectFrom(new BatchRows(plan).writtenTo(book.id(), keys))
                .fetch(WriteBatchRecord::getUsedKey)
                .stream()
                .map(Key::new)
                .collect(Collectors.toSet());
    }
}
