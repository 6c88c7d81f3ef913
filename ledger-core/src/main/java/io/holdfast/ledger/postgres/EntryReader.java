package io.holdfast.ledger.postgres;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.records.EntryLinesRecord;
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
import org.jooq.DSLContext;
import org.jooq.JSONB;
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
        List<String> keys = new ArrayList<>();
        for (EntryReference reference : references) {
            if (reference instanceof EntryReference.ById byId) {
                ids.add(byId.id());
            } else {
                keys.add(((EntryReference.ByKey) reference).key().value());
            }
        }
        return references.isEmpty() ? List.of() : read(db, ids, keys, List.of());
    }

    /** Returns the entries that reverse one of these. */
    List<RecordedEntry> reversing(DSLContext db, Collection<UUID> originals) {
        return originals.isEmpty() ? List.of() : read(db, List.of(), List.of(), originals);
    }

    private List<RecordedEntry> read(
            DSLContext db, Collection<UUID> ids, Collection<String> keys, Collection<UUID> originals) {
        Map<UUID, List<EntryLinesRecord>> lines = new LinkedHashMap<>();
        db.selectFrom(Routines.entryLines(
                        book.id(),
                        ids.toArray(UUID[]::new),
                        keys.toArray(String[]::new),
                        originals.toArray(UUID[]::new)))
                .forEach(line -> lines.computeIfAbsent(line.getEntryId(), none -> new ArrayList<>())
                        .add(line));
        return lines.values().stream().map(this::entry).toList();
    }

    private RecordedEntry entry(List<EntryLinesRecord> lines) {
        EntryLinesRecord line = lines.get(0);
        return new RecordedEntry(
                book.name(),
                line.getEntryId(),
                EntryKind.valueOf(line.getKind().toUpperCase(Locale.ROOT)),
                new Key(line.getKey()),
                line.getEffectiveOn(),
                line.getRecordedAt(),
                line.getActor(),
                line.getOrigin(),
                line.getDescription(),
                metadata(line.getMetadata()),
                documents(line.getDocuments()),
                lines.stream().map(EntryReader::posting).toList(),
                Optional.ofNullable(line.getHoldId()),
                Optional.ofNullable(line.getExpiresAt()),
                Optional.ofNullable(line.getReverses()),
                HexFormat.of().formatHex(line.getFingerprint()),
                HexFormat.of().formatHex(line.getHash()));
    }

    private static Posting posting(EntryLinesRecord line) {
        return posting(
                Account.of(line.getPath(), new Currency(line.getCurrency(), line.getExponent())),
                line.getSide(),
                line.getPart(),
                line.getAmount(),
                line.getLineDescription());
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
