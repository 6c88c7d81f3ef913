package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.POSTING;
import static io.holdfast.ledger.postgres.session.Jooq.each;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.DocumentReference;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.tools.json.JSONParser;
import org.jooq.tools.json.ParseException;
import org.jspecify.annotations.Nullable;

/** Reads recorded entries, whole. */
final class EntryReader {

    private final Book book;

    EntryReader(Book book) {
        this.book = book;
    }

    /** Returns those of the named entries that the ledger has, in one statement. */
    List<RecordedEntry> named(DSLContext db, Collection<EntryReference> references) {
        List<UUID> ids = new ArrayList<>();
        List<Key> keys = new ArrayList<>();
        for (EntryReference reference : references) {
            if (reference instanceof EntryReference.ById byId) {
                ids.add(byId.id());
            } else {
                keys.add(((EntryReference.ByKey) reference).key());
            }
        }
        Condition named = DSL.falseCondition();
        if (!ids.isEmpty()) {
            named = named.or(JOURNAL_ENTRY.ENTRY_ID.in(each(ids.toArray(UUID[]::new))));
        }
        if (!keys.isEmpty()) {
            named = named.or(
                    JOURNAL_ENTRY.KEY.in(each(keys.stream().map(Key::value).toArray(String[]::new))));
        }
        return references.isEmpty() ? List.of() : read(db, named);
    }

    /** Returns the entries that reverse one of these. */
    List<RecordedEntry> reversing(DSLContext db, Collection<UUID> originals) {
        return originals.isEmpty()
                ? List.of()
                : read(db, JOURNAL_ENTRY.REVERSES.in(each(originals.toArray(UUID[]::new))));
    }

    private List<RecordedEntry> read(DSLContext db, Condition condition) {
        Map<UUID, List<Record>> rows = new LinkedHashMap<>();
        db.select(JOURNAL_ENTRY.fields())
                .select(POSTING.SIDE, POSTING.PART, POSTING.AMOUNT, POSTING.DESCRIPTION.as("line_description"))
                .select(ACCOUNT.PATH, ACCOUNT.CURRENCY, ACCOUNT.EXPONENT)
                .from(JOURNAL_ENTRY)
                .join(POSTING)
                .on(POSTING.LEDGER_ID.eq(JOURNAL_ENTRY.LEDGER_ID), POSTING.ENTRY_ID.eq(JOURNAL_ENTRY.ENTRY_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(POSTING.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(POSTING.ACCOUNT_ID))
                .where(JOURNAL_ENTRY.LEDGER_ID.eq(book.id()))
                .and(condition)
                .orderBy(JOURNAL_ENTRY.ENTRY_ID, POSTING.LINE)
                .forEach(row -> rows.computeIfAbsent(row.get(JOURNAL_ENTRY.ENTRY_ID), none -> new ArrayList<>())
                        .add(row));
        return rows.values().stream().map(this::entry).toList();
    }

    private RecordedEntry entry(List<Record> rows) {
        Record row = rows.get(0);
        return new RecordedEntry(
                book.name(),
                row.get(JOURNAL_ENTRY.ENTRY_ID),
                EntryKind.valueOf(row.get(JOURNAL_ENTRY.KIND).toUpperCase(Locale.ROOT)),
                new Key(row.get(JOURNAL_ENTRY.KEY)),
                row.get(JOURNAL_ENTRY.EFFECTIVE_ON),
                row.get(JOURNAL_ENTRY.RECORDED_AT),
                row.get(JOURNAL_ENTRY.ACTOR),
                row.get(JOURNAL_ENTRY.ORIGIN),
                row.get(JOURNAL_ENTRY.DESCRIPTION),
                metadata(row.get(JOURNAL_ENTRY.METADATA)),
                documents(row.get(JOURNAL_ENTRY.DOCUMENTS)),
                rows.stream().map(EntryReader::posting).toList(),
                Optional.ofNullable(row.get(JOURNAL_ENTRY.HOLD_ID)),
                Optional.ofNullable(row.get(JOURNAL_ENTRY.EXPIRES_AT)),
                Optional.ofNullable(row.get(JOURNAL_ENTRY.REVERSES)),
                HexFormat.of().formatHex(row.get(JOURNAL_ENTRY.FINGERPRINT)),
                HexFormat.of().formatHex(row.get(JOURNAL_ENTRY.HASH)));
    }

    private static Posting posting(Record row) {
        Currency currency = new Currency(row.get(ACCOUNT.CURRENCY), row.get(ACCOUNT.EXPONENT));
        return posting(
                Account.of(row.get(ACCOUNT.PATH), currency),
                row.get(POSTING.SIDE),
                row.get(POSTING.PART),
                row.get(POSTING.AMOUNT),
                row.get("line_description", String.class));
    }

    /** Returns a posting as its row has it. */
    static Posting posting(Account account, short side, short part, BigInteger minor, String description) {
        return new Posting(
                account,
                side > 0 ? Side.DEBIT : Side.CREDIT,
                part == 0 ? Part.AVAILABLE : Part.HELD,
                Money.ofMinor(account.currency(), minor),
                description);
    }

    private static Map<String, String> metadata(@Nullable JSONB json) {
        Map<String, String> pairs = new HashMap<>();
        if (json != null) {
            ((Map<?, ?>) parse(json)).forEach((key, value) -> pairs.put(key.toString(), value.toString()));
        }
        return pairs;
    }

    private static List<DocumentReference> documents(@Nullable JSONB json) {
        List<DocumentReference> documents = new ArrayList<>();
        if (json != null) {
            for (Object item : (List<?>) parse(json)) {
                Map<?, ?> document = (Map<?, ?>) item;
                documents.add(new DocumentReference(
                        String.valueOf(document.get("reference")), String.valueOf(document.get("sha256"))));
            }
        }
        return documents;
    }

    private static Object parse(JSONB json) {
        try {
            return new JSONParser().parse(json.data());
        } catch (ParseException impossible) {
            throw new IllegalStateException("PostgreSQL returned a jsonb value that is not JSON", impossible);
        }
    }
}
