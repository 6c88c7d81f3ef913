package io.holdfast.audit;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.AuditHashes;
import java.sql.Connection;
import java.util.Arrays;
import java.util.UUID;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record3;

/** Every entry is as it was when its hash was taken. */
final class HashCheck implements Check {

    @Override
    public String name() {
        return "entry-hashes";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Audit.on(connection);
        Diagnosis diagnosis = new Diagnosis(db, ledgerId);
        AuditHashes hashes = Routines.auditHashes(ledgerId);
        long unreported = 0;
        try (Cursor<Record3<UUID, byte[], byte[]>> cursor = db.select(hashes.ENTRY_ID, hashes.HASH, hashes.RECOMPUTED)
                .from(hashes)
                .fetchSize(Audit.FETCH_SIZE)
                .fetchLazy()) {
            for (Record3<UUID, byte[], byte[]> row : cursor) {
                if (!Arrays.equals(row.value2(), row.value3())) {
                    findings.failed(() -> diagnosis.of(row.value1()));
                }
                unreported++;
                if (unreported == Audit.FETCH_SIZE) {
                    findings.examined(unreported);
                    unreported = 0;
                }
            }
        }
        findings.examined(unreported);
    }
}
