package io.holdfast.audit;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.AuditHashes;
import java.sql.Connection;
import java.util.Arrays;
import java.util.HexFormat;
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
        AuditHashes hashes = Routines.auditHashes(ledgerId);
        long unreported = 0;
        try (Cursor<Record3<UUID, byte[], byte[]>> cursor = db.select(hashes.ENTRY_ID, hashes.HASH, hashes.RECOMPUTED)
                .from(hashes)
                .fetchSize(Audit.FETCH_SIZE)
                .fetchLazy()) {
            for (Record3<UUID, byte[], byte[]> row : cursor) {
                if (!Arrays.equals(row.value2(), row.value3())) {
                    findings.failed(new Failure(
                            "entry " + row.value1(),
                            "content",
                            "content with the hash " + hex(row.value2()),
                            row.value3() == null
                                    ? "content that has none"
                                    : "content with the hash " + hex(row.value3())));
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

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
