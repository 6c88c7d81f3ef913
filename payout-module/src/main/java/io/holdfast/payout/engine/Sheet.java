package io.holdfast.payout.engine;

import io.holdfast.db.generated.Routines;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.tools.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Rows of payouts that are to be written, all in one statement: new ones, and changes of which the last of a row counts.
 * Belongs to one thread.
 */
final class Sheet {

    private static final String CHANGES = " changes";

    private final Map<String, Map<List<Object>, Row>> rows = new LinkedHashMap<>();

    /** A row being filled in, by column. */
    static final class Row {

        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

        <T> Row set(Field<T> column, @Nullable T value) {
            values.put(column.getName(), plain(value));
            return this;
        }

        private static @Nullable Object plain(@Nullable Object value) {
            if (value == null
                    || (value instanceof Number && !(value instanceof BigInteger))
                    || value instanceof Boolean) {
                return value;
            }
            if (value instanceof byte[] bytes) {
                return "\\x" + java.util.HexFormat.of().formatHex(bytes);
            }
            return value instanceof Object[] array ? List.of(array) : value.toString();
        }
    }

    /** Adds a new row, known by its key, which is unique among those of its table. */
    Row insert(Table<?> table, Object... key) {
        return row(table.getName(), key);
    }

    /** Changes a row: the one that is new here under that key, or one that is there already. */
    Row update(Table<?> table, Object... key) {
        Map<List<Object>, Row> inserted = rows.getOrDefault(table.getName(), Map.of());
        Row isNew = inserted.get(List.of(key));
        return isNew == null ? row(table.getName() + CHANGES, key) : isNew;
    }

    /** Writes what is here, if anything is. */
    void write(DSLContext db) {
        if (rows.isEmpty()) {
            return;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        rows.forEach((table, of) -> document.put(table, values(of)));
        rows.clear();
        Routines.writePayouts(db.configuration(), JSONB.valueOf(JSONObject.toJSONString(document)));
    }

    /** Forgets what is here. */
    void clear() {
        rows.clear();
    }

    private Row row(String section, Object... key) {
        return rows.computeIfAbsent(section, none -> new LinkedHashMap<>())
                .computeIfAbsent(List.of(key), none -> new Row());
    }

    private static List<Map<String, @Nullable Object>> values(Map<List<Object>, Row> of) {
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        of.values().forEach(row -> values.add(row.values));
        return values;
    }
}
