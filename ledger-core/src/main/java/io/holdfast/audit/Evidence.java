package io.holdfast.audit;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.LEDGER;
import static io.holdfast.db.generated.Tables.POSTING;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.records.AccountRecord;
import io.holdfast.db.generated.tables.records.JournalEntryRecord;
import io.holdfast.db.generated.tables.records.PostingRecord;
import io.holdfast.ledger.CanonicalEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** An entry as it is kept now, and which hash it would have if it were otherwise. Belongs to one thread. */
final class Evidence {

    private final DSLContext db;
    private final String ledger;
    private final JournalEntryRecord entry;
    private final List<PostingRecord> postings;
    private final Map<Long, AccountRecord> accounts = new HashMap<>();

    Evidence(DSLContext db, int ledgerId, UUID entryId) {
        this.db = db;
        this.ledger = db.select(LEDGER.NAME)
                .from(LEDGER)
                .where(LEDGER.LEDGER_ID.eq(ledgerId))
                .fetchSingle()
                .value1();
        this.entry = db.selectFrom(JOURNAL_ENTRY)
                .where(JOURNAL_ENTRY.LEDGER_ID.eq(ledgerId), JOURNAL_ENTRY.ENTRY_ID.eq(entryId))
                .fetchSingle();
        this.postings = List.copyOf(db.selectFrom(POSTING)
                .where(POSTING.LEDGER_ID.eq(ledgerId), POSTING.ENTRY_ID.eq(entryId))
                .orderBy(POSTING.LINE)
                .fetch());
    }

    JournalEntryRecord entry() {
        return entry;
    }

    /** Returns the postings by line. */
    List<PostingRecord> postings() {
        return postings;
    }

    /** Returns an account of the ledger, if it is there. */
    Optional<AccountRecord> account(long id) {
        return Optional.ofNullable(accounts.computeIfAbsent(
                id,
                absent -> db.selectFrom(ACCOUNT)
                        .where(ACCOUNT.LEDGER_ID.eq(entry.getLedgerId()), ACCOUNT.ACCOUNT_ID.eq(id))
                        .fetchOne()));
    }

    /** Returns the hash of what is kept now, if it has canonical bytes. */
    Optional<byte[]> hash() {
        return hash(entry, postings);
    }

    /** Tells whether the kept hash is that of the entry with another head. */
    boolean fits(JournalEntryRecord head) {
        return isKept(hash(head, postings));
    }

    /** Tells whether the kept hash is that of the entry with one posting replaced. */
    boolean fits(int index, PostingRecord posting) {
        List<PostingRecord> others = new ArrayList<>(postings);
        others.set(index, posting);
        return isKept(hash(entry, others));
    }

    /** Tells whether the kept hash is that of the entry with a posting and its successor exchanged. */
    boolean fitsExchanged(int index) {
        List<PostingRecord> others = new ArrayList<>(postings);
        others.add(index, others.remove(index + 1));
        return isKept(hash(entry, others));
    }

    private boolean isKept(Optional<byte[]> hash) {
        return hash.isPresent() && Arrays.equals(hash.get(), entry.getHash());
    }

    private Optional<byte[]> hash(JournalEntryRecord head, List<PostingRecord> lines) {
        List<Field<byte[]>> parts = new ArrayList<>();
        parts.add(Routines.canonicalHead(DSL.val(ledger), DSL.val(head)));
        for (PostingRecord line : lines) {
            Optional<AccountRecord> account = account(line.getAccountId());
            if (account.isEmpty()) {
                return Optional.empty();
            }
            parts.add(Routines.canonicalLine(Routines.canonicalAccount(account.get()), DSL.val(line)));
        }
        Record bytes = db.select(parts).fetchSingle();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = bytes.get(i, byte[].class);
            if (part == null) {
                return Optional.empty();
            }
            whole.writeBytes(part);
            if (i == 0) {
                whole.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(lines.size()).array());
            }
        }
        return Optional.of(CanonicalEntry.sha256(whole.toByteArray()));
    }
}
