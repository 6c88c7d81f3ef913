package io.holdfast.ledger.postgres;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.WriteBatch;
import io.holdfast.ledger.DocumentReference;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Side;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.tools.json.JSONArray;
import org.jooq.tools.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** The rows of a plan as arrays, a column each, as the function holdfast.write_batch takes them. */
final class BatchRows {

    private static final HexFormat HEX = HexFormat.of();

    /** In the order of keys, so that two writers of overlapping keys wait for each other and do not deadlock. */
    private final List<PlannedEntry> planned;

    private final World plan;

    BatchRows(World plan) {
        this.plan = plan;
        this.planned = plan.planned().stream()
                .sorted(Comparator.comparing(one -> one.entry().key().value()))
                .toList();
    }

    /** Returns the call that writes the rows, unless one of all the batch's keys has been used before. */
    WriteBatch writtenTo(int ledgerId, Collection<Key> keys) {
        List<Line> lines = lines();
        List<AccountSnapshot> accounts = List.copyOf(plan.changedAccounts());
        List<HoldSnapshot> holds = List.copyOf(plan.changedHolds());
        return Routines.writeBatch(
                ledgerId,
                keys.stream().map(Key::value).toArray(String[]::new),
                entries(Short[]::new, entry -> (short) entry.postings().size()),
                entries(LocalDate[]::new, RecordedEntry::effectiveOn),
                entries(Instant[]::new, RecordedEntry::recordedAt),
                entries(UUID[]::new, RecordedEntry::id),
                entries(String[]::new, entry -> entry.kind().word()),
                entries(byte[][]::new, entry -> HEX.parseHex(entry.hash())),
                entries(byte[][]::new, entry -> HEX.parseHex(entry.fingerprint())),
                entries(String[]::new, entry -> entry.key().value()),
                entries(String[]::new, RecordedEntry::actor),
                entries(String[]::new, RecordedEntry::origin),
                entries(String[]::new, RecordedEntry::description),
                entries(UUID[]::new, entry -> entry.holdId().orElse(null)),
                entries(Instant[]::new, entry -> entry.expiresAt().orElse(null)),
                entries(UUID[]::new, entry -> entry.reverses().orElse(null)),
                entries(String[]::new, entry -> documents(entry.documents())),
                entries(String[]::new, entry -> metadata(entry.metadata())),
                column(lines, Short[]::new, Line::number),
                column(lines, Short[]::new, line -> (short) (line.posting().side() == Side.DEBIT ? 1 : -1)),
                column(lines, Long[]::new, line -> line.place().accountId()),
                column(lines, Long[]::new, line -> line.place().accountSeq()),
                column(lines, LocalDate[]::new, line -> line.entry().effectiveOn()),
                column(lines, Short[]::new, line -> (short) (line.posting().part() == Part.HELD ? 1 : 0)),
                column(lines, UUID[]::new, line -> line.entry().id()),
                column(lines, BigInteger[]::new, line -> line.posting().amount().minor()),
                column(lines, String[]::new, line -> line.posting().description()),
                column(accounts, Long[]::new, AccountSnapshot::id),
                column(accounts, BigInteger[]::new, AccountSnapshot::available),
                column(accounts, BigInteger[]::new, AccountSnapshot::held),
                column(accounts, Long[]::new, AccountSnapshot::lastSeq),
                column(
                        accounts,
                        Instant[]::new,
                        account -> account.earliestExpiry().orElse(null)),
                column(holds, UUID[]::new, HoldSnapshot::id),
                column(holds, Long[]::new, HoldSnapshot::accountId),
                column(holds, BigInteger[]::new, HoldSnapshot::amount),
                column(holds, BigInteger[]::new, HoldSnapshot::committed),
                column(holds, BigInteger[]::new, HoldSnapshot::remaining),
                column(holds, String[]::new, hold -> hold.state().name()),
                column(holds, Instant[]::new, hold -> hold.expiresAt().orElse(null)));
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (PlannedEntry one : planned) {
            for (int i = 0; i < one.places().size(); i++) {
                lines.add(new Line(
                        one.entry(),
                        (short) (i + 1),
                        one.entry().postings().get(i),
                        one.places().get(i)));
            }
        }
        return lines;
    }

    private record Line(RecordedEntry entry, short number, Posting posting, PlannedEntry.Place place) {}

    private <T> T[] entries(IntFunction<T[]> array, Function<RecordedEntry, T> column) {
        return column(planned, array, one -> column.apply(one.entry()));
    }

    private static <R, T> T[] column(List<R> rows, IntFunction<T[]> array, Function<R, T> column) {
        T[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return values;
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
