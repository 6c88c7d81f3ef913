package io.holdfast.audit;

import static io.holdfast.db.generated.Tables.LEDGER;
import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.util.function.IntFunction;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record4;
import org.jooq.Table;

/**
 * An invariant that is a function of the schema: a row for each contradiction.
 *
 * @param examined the table that is looked at
 * @param contradictions the function's call for a ledger, with the columns subject, field, expected and found
 */
record SqlCheck(String name, Table<?> examined, IntFunction<Table<?>> contradictions) implements Check {

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Audit.on(connection);
        Table<?> rows = contradictions.apply(ledgerId);
        try (Cursor<Record4<String, String, String, String>> cursor = db.select(
                        text(rows, "subject"), text(rows, "field"), text(rows, "expected"), text(rows, "found"))
                .from(rows)
                .orderBy(text(rows, "subject"), text(rows, "field"))
                .fetchSize(Audit.FETCH_SIZE)
                .fetchLazy()) {
            cursor.forEach(row -> findings.failed(new Failure(row.value1(), row.value2(), row.value3(), row.value4())));
        }
        Field<Integer> ledger = requireNonNull(examined.field(LEDGER.LEDGER_ID.getName(), Integer.class));
        findings.examined(db.fetchCount(examined, ledger.eq(ledgerId)));
    }

    private static Field<String> text(Table<?> rows, String column) {
        return requireNonNull(rows.field(column, String.class));
    }
}
