package io.holdfast.ledger.postgres;

import io.holdfast.ledger.DocumentReference;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Side;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jooq.tools.json.JSONArray;
import org.jooq.tools.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a plan as arrays, a column each, as the function holdfast.write_batch takes them: of types that the driver
 * sends in binary form, and everything else as text.
 */
final class BatchRows {

    private static final HexFormat HEX = HexFormat.of();

    private final World plan;

    /** In the order of keys, so that two writers of overlapping keys wait for each other and do not deadlock. */
    private final List<RecordedEntry> entries = new ArrayList<>();

    /** In the order of entry ids, which ascend as the plan does: that is where an index takes them fastest. */
    private final List<Line> lines = new ArrayList<>();

    BatchRows(World plan) {
        this.plan = plan;
        List<PlannedEntry> planned = plan.planned();
        List<Integer> byKey = new ArrayList<>(planned.size());
        for (int i = 0; i < planned.size(); i++) {
            byKey.add(i);
        }
        byKey.sort(Comparator.comparing(i -> planned.get(i).entry().key().value()));
        int[] places = new int[planned.size()];
        for (int i : byKey) {
            entries.add(planned.get(i).entry());
            places[i] = entries.size();
        }
        for (int i = 0; i < places.length; i++) {
            addLines(places[i], planned.get(i));
        }
    }

    private record Line(int entry, int number, Posting posting, PlannedEntry.Place place) {}

    private void addLines(int entry, PlannedEntry planned) {
        List<Posting> postings = planned.entry().postings();
        for (int i = 0; i < postings.size(); i++) {
            lines.add(new Line(entry, i + 1, postings.get(i), planned.places().get(i)));
        }
    }

    /** Returns the arguments with which to call holdfast.write_batch, in its order. */
    Object[] arguments(int ledgerId, Collection<Key> keys) {
        List<AccountSnapshot> accounts = List.copyOf(plan.changedAccounts());
        List<HoldSnapshot> holds = List.copyOf(plan.changedHolds());
        OffsetDateTime recordedAt = entries.isEmpty()
                ? OffsetDateTime.MIN
                : entries.get(0).recordedAt().atOffset(ZoneOffset.UTC);
        return new Object[] {
            ledgerId,
            recordedAt,
            keys.stream().map(Key::value).toArray(String[]::new),
            texts(entries, RecordedEntry::id),
            shorts(entries, entry -> entry.postings().size()),
            entries.stream()
                    .mapToInt(entry -> Math.toIntExact(entry.effectiveOn().toEpochDay()))
                    .toArray(),
            texts(entries, entry -> entry.kind().word()),
            bytes(entries, RecordedEntry::hash),
            bytes(entries, RecordedEntry::fingerprint),
            texts(entries, entry -> entry.key().value()),
            texts(entries, RecordedEntry::actor),
            texts(entries, RecordedEntry::origin),
            texts(entries, RecordedEntry::description),
            texts(entries, entry -> orNull(entry.holdId())),
            texts(entries, entry -> orNull(entry.expiresAt())),
            texts(entries, entry -> orNull(entry.reverses())),
            texts(entries, entry -> documents(entry.documents())),
            texts(entries, entry -> metadata(entry.metadata())),
            lines.stream().mapToInt(Line::entry).toArray(),
            shorts(lines, Line::number),
            shorts(lines, line -> line.posting().side() == Side.DEBIT ? 1 : -1),
            longs(lines, line -> line.place().accountId()),
            longs(lines, line -> line.place().accountSeq()),
            shorts(lines, line -> line.posting().part() == Part.HELD ? 1 : 0),
            texts(lines, line -> line.posting().amount().minor()),
            texts(lines, line -> emptyAsNull(line.posting().description())),
            longs(accounts, AccountSnapshot::id),
            texts(accounts, AccountSnapshot::available),
            texts(accounts, AccountSnapshot::held),
            longs(accounts, AccountSnapshot::lastSeq),
            texts(accounts, account -> orNull(account.earliestExpiry())),
            texts(holds, HoldSnapshot::id),
            longs(holds, HoldSnapshot::accountId),
            texts(holds, HoldSnapshot::amount),
            texts(holds, HoldSnapshot::committed),
            texts(holds, HoldSnapshot::remaining),
            texts(holds, hold -> hold.state().name()),
            texts(holds, hold -> orNull(hold.expiresAt()))
        };
    }

    /** Nulls at the end are left out: what an array does not have is null. */
    private static <R> @Nullable String[] texts(List<R> rows, Function<R, @Nullable Object> column) {
        @Nullable String[] values = new @Nullable String[rows.size()];
        int length = 0;
        for (int i = 0; i < values.length; i++) {
            Object value = column.apply(rows.get(i));
            if (value != null) {
                values[i] = value.toString();
                length = i + 1;
            }
        }
        return length == values.length ? values : Arrays.copyOf(values, length);
    }

    private static <R> short[] shorts(List<R> rows, ToIntFunction<R> column) {
        short[] values = new short[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) column.applyAsInt(rows.get(i));
        }
        return values;
    }

    private static <R> long[] longs(List<R> rows, ToLongFunction<R> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    private static byte[][] bytes(List<RecordedEntry> entries, Function<RecordedEntry, String> digits) {
        return entries.stream().map(digits).map(HEX::parseHex).toArray(byte[][]::new);
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Object orNull(Optional<?> value) {
        return value.orElse(null);
    }

    private static @Nullable String documents(List<DocumentReference> documents) {
        return documents.isEmpty()
                ? null
                : JSONArray.toJSONString(documents.stream()
                        .map(document -> Map.of("reference", document.reference(), "sha256", document.sha256()))
                        .toList());
    }

    private static @Nullable String metadata(Map<String, String> metadata) {
        return metadata.isEmpty() ? null : JSONObject.toJSONString(metadata);
    }
}
