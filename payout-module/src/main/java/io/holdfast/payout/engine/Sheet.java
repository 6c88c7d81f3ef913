package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_INTENT;
import static io.holdfast.db.generated.Tables.PAYOUT_METADATA;
import static io.holdfast.db.generated.Tables.PAYOUT_SEND;
import static io.holdfast.db.generated.Tables.PAYOUT_STATE;
import static io.holdfast.db.generated.Tables.PAYOUT_TRANSITION;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Rows of payouts that are to be written, all in one statement: new ones, and changes of which the last of a row counts.
 * Belongs to one thread. The statement is plain JDBC because jOOQ writes arrays as text, and the driver in binary form.
 */
final class Sheet {

    /** What holdfast.write_payouts takes, in its order: new rows of these tables, then changed rows of those. */
    private static final List<Table<?>> GETTING_NEW_ROWS = List.of(
            PAYOUT_INTENT, PAYOUT_STATE, PAYOUT_METADATA, PAYOUT_ATTEMPT, PAYOUT_SEND, PAYOUT_TRANSITION, PAYOUT_ENTRY);

    private static final List<Table<?>> CHANGING = List.of(PAYOUT_STATE, PAYOUT_ATTEMPT, PAYOUT_SEND);

    private static final String WRITE_PAYOUTS = "select holdfast.write_payouts("
            + String.join(", ", Collections.nCopies(GETTING_NEW_ROWS.size() + CHANGING.size(), "?")) + ")";

    /** By table, which place each column has. */
    private static final Map<String, Map<String, Integer>> PLACES =
            GETTING_NEW_ROWS.stream().collect(Collectors.toMap(Table::getName, Sheet::places));

    private final Section inserts = new Section(GETTING_NEW_ROWS);
    private final Section changes = new Section(CHANGING);

    /** Rows by table, and within it by key. */
    private static final class Section {

        private final Map<String, Map<List<Object>, Row>> rows = new LinkedHashMap<>();

        Section(List<Table<?>> tables) {
            tables.forEach(table -> rows.put(table.getName(), new LinkedHashMap<>()));
        }

        Map<List<Object>, Row> of(Table<?> table) {
            return Sheet.of(rows, table.getName());
        }

        boolean isEmpty() {
            return rows.values().stream().allMatch(Map::isEmpty);
        }

        Stream<String[]> texts(Composites composites) {
            return rows.values().stream()
                    .map(those -> those.values().stream().map(composites::of).toArray(String[]::new));
        }

        void clear() {
            rows.values().forEach(Map::clear);
        }
    }

    /** A row being filled in. */
    static final class Row {

        private final Map<String, Integer> places;
        private final @Nullable Object[] values;

        private Row(Map<String, Integer> places) {
            this.places = places;
            this.values = new Object[places.size()];
        }

        <T> Row set(Field<T> column, @Nullable T value) {
            values[of(places, column.getName())] = value;
            return this;
        }
    }

    /** Writes rows as PostgreSQL reads composite values, see its manual, section 8.16.6. */
    private static final class Composites {

        private final StringBuilder text = new StringBuilder();
        private final Map<Instant, String> moments = new HashMap<>();

        String of(Row row) {
            text.setLength(0);
            char before = '(';
            for (Object value : row.values) {
                text.append(before);
                before = ',';
                if (value != null) {
                    append(value);
                }
            }
            return text.append(')').toString();
        }

        private void append(Object value) {
            if (value instanceof byte[] bytes) {
                quote(text, "\\x" + HexFormat.of().formatHex(bytes));
            } else if (value instanceof Object[] elements) {
                quote(text, array(elements));
            } else if (value instanceof Instant moment) {
                // Most rows are of the same moment.
                text.append(moments.computeIfAbsent(moment, Instant::toString));
            } else if (value instanceof String words) {
                quote(text, words);
            } else {
                text.append(value);
            }
        }

        private static String array(Object[] elements) {
            StringBuilder array = new StringBuilder("{");
            String comma = "";
            for (Object element : elements) {
                quote(array.append(comma), element.toString());
                comma = ",";
            }
            return array.append('}').toString();
        }

        private static void quote(StringBuilder text, String value) {
            text.append('"');
            int copied = 0;
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) == '"' || value.charAt(i) == '\\') {
                    text.append(value, copied, i).append('\\');
                    copied = i;
                }
            }
            text.append(copied == 0 ? value : value.substring(copied)).append('"');
        }
    }

    /** Adds a new row, known by its key, which is unique among those of its table. */
    Row insert(Table<?> table, Object... key) {
        return inserts.of(table).computeIfAbsent(List.of(key), none -> row(table));
    }

    /** Changes a row: the one that is new here under that key, or one that is there already. */
    Row update(Table<?> table, Object... key) {
        Row isNew = inserts.of(table).get(List.of(key));
        return isNew == null ? changes.of(table).computeIfAbsent(List.of(key), none -> row(table)) : isNew;
    }

    private static Row row(Table<?> table) {
        return new Row(of(PLACES, table.getName()));
    }

    /** Writes what is here, if anything is. */
    void write(DSLContext db) {
        if (inserts.isEmpty() && changes.isEmpty()) {
            return;
        }
        Composites composites = new Composites();
        String[][] texts = Stream.concat(inserts.texts(composites), changes.texts(composites))
                .toArray(String[][]::new);
        clear();
        db.connection(connection -> write(connection, texts));
    }

    /** Forgets what is here. */
    void clear() {
        inserts.clear();
        changes.clear();
    }

    private static void write(Connection connection, String[][] texts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE_PAYOUTS)) {
            for (int i = 0; i < texts.length; i++) {
                statement.setObject(i + 1, texts[i]);
            }
            statement.execute();
        }
    }

    private static Map<String, Integer> places(Table<?> table) {
        Map<String, Integer> places = new HashMap<>();
        for (Field<?> column : table.fields()) {
            places.put(column.getName(), places.size());
        }
        return places;
    }

    private static <T> T of(Map<String, T> things, String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new IllegalArgumentException("holdfast.write_payouts takes no " + name);
        }
        return thing;
    }
}
