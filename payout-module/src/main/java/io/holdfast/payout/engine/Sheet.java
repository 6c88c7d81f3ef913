package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_METADATA;
import static io.holdfast.db.generated.Tables.PAYOUT_SEND;
import static io.holdfast.db.generated.Tables.PAYOUT_TRANSITION;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final List<Table<?>> GETTING_NEW_ROWS =
            List.of(PAYOUT, PAYOUT_METADATA, PAYOUT_ATTEMPT, PAYOUT_SEND, PAYOUT_TRANSITION, PAYOUT_ENTRY);

    private static final List<Table<?>> CHANGING = List.of(PAYOUT, PAYOUT_ATTEMPT, PAYOUT_SEND);

    private static final String WRITE_PAYOUTS = "select holdfast.write_payouts("
            + String.join(", ", Collections.nCopies(GETTING_NEW_ROWS.size() + CHANGING.size(), "?")) + ")";

    private final Section inserts = new Section(GETTING_NEW_ROWS);
    private final Section changes = new Section(CHANGING);

    /** Rows by table, and within it by key. */
    private static final class Section {

        private final Map<String, Map<List<Object>, Row>> rows = new LinkedHashMap<>();

        Section(List<Table<?>> tables) {
            tables.forEach(table -> rows.put(table.getName(), new LinkedHashMap<>()));
        }

        Map<List<Object>, Row> of(Table<?> table) {
            Map<List<Object>, Row> those = rows.get(table.getName());
            if (those == null) {
                throw new IllegalArgumentException("holdfast.write_payouts takes no such rows of " + table);
            }
            return those;
        }

        boolean isEmpty() {
            return rows.values().stream().allMatch(Map::isEmpty);
        }

        Stream<String[]> texts() {
            return rows.values().stream()
                    .map(those -> those.values().stream().map(Row::text).toArray(String[]::new));
        }

        void clear() {
            rows.values().forEach(Map::clear);
        }
    }

    /** A row being filled in, by column. */
    static final class Row {

        private final Table<?> table;
        private final Map<String, Object> values = new HashMap<>();

        private Row(Table<?> table) {
            this.table = table;
        }

        <T> Row set(Field<T> column, @Nullable T value) {
            if (value == null) {
                values.remove(column.getName());
            } else {
                values.put(column.getName(), value);
            }
            return this;
        }

        /** Returns the row as PostgreSQL reads a composite value, see its manual, section 8.16.6. */
        private String text() {
            StringBuilder text = new StringBuilder("(");
            String comma = "";
            for (Field<?> column : table.fields()) {
                text.append(comma);
                Object value = values.get(column.getName());
                if (value != null) {
                    quote(text, plain(value));
                }
                comma = ",";
            }
            return text.append(')').toString();
        }

        private static String plain(Object value) {
            if (value instanceof byte[] bytes) {
                return "\\x" + HexFormat.of().formatHex(bytes);
            } else if (value instanceof Object[] elements) {
                StringBuilder array = new StringBuilder("{");
                String comma = "";
                for (Object element : elements) {
                    quote(array.append(comma), element.toString());
                    comma = ",";
                }
                return array.append('}').toString();
            }
            return value.toString();
        }

        private static void quote(StringBuilder text, String value) {
            text.append('"');
            for (int i = 0; i < value.length(); i++) {
                char character = value.charAt(i);
                if (character == '"' || character == '\\') {
                    text.append('\\');
                }
                text.append(character);
            }
            text.append('"');
        }
    }

    /** Adds a new row, known by its key, which is unique among those of its table. */
    Row insert(Table<?> table, Object... key) {
        return inserts.of(table).computeIfAbsent(List.of(key), none -> new Row(table));
    }

    /** Changes a row: the one that is new here under that key, or one that is there already. */
    Row update(Table<?> table, Object... key) {
        Row isNew = inserts.of(table).get(List.of(key));
        return isNew == null ? changes.of(table).computeIfAbsent(List.of(key), none -> new Row(table)) : isNew;
    }

    /** Writes what is here, if anything is. */
    void write(DSLContext db) {
        if (inserts.isEmpty() && changes.isEmpty()) {
            return;
        }
        String[][] texts = Stream.concat(inserts.texts(), changes.texts()).toArray(String[][]::new);
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
}
