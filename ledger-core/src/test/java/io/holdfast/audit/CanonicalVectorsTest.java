package io.holdfast.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.CanonicalEntry;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.DocumentReference;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.RecordedEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Java, SQL and the golden vectors agree on what a hash covers, byte for byte. */
class CanonicalVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    private static final String OPEN_ACCOUNTS = """
            insert into holdfast.account (ledger_id, path, currency, exponent, opened_at)
            select distinct 1, p ->> 'account', p ->> 'currency', (p ->> 'exponent')::smallint, now()
            from jsonb_array_elements(?::jsonb -> 'postings') p
            on conflict do nothing
            """;

    private static final String RECORD = """
            with vector as (select ?::jsonb as v), entry as (
                insert into holdfast.journal_entry (ledger_id, posting_count, effective_on, recorded_at, entry_id, kind, hash,
                    fingerprint, key, actor, origin, description, hold_id, expires_at, reverses, documents, metadata)
                select 1, jsonb_array_length(v -> 'postings'), (v ->> 'effectiveOn')::date, (v ->> 'recordedAt')::timestamptz,
                    (v ->> 'id')::uuid, v ->> 'kind', sha256(''), decode(v ->> 'fingerprint', 'hex'), v ->> 'key',
                    v ->> 'actor', v ->> 'origin', v ->> 'description', (v ->> 'holdId')::uuid,
                    (v ->> 'expiresAt')::timestamptz, (v ->> 'reverses')::uuid, nullif(v -> 'documents', '[]'),
                    nullif(v -> 'metadata', '{}')
                from vector)
            insert into holdfast.posting (ledger_id, line, side, account_id, account_seq, effective_on, part, entry_id, amount,
                description)
            select 1, p.line, case posting ->> 'side' when 'debit' then 1 else -1 end, a.account_id, 1,
                (v ->> 'effectiveOn')::date, case posting ->> 'part' when 'available' then 0 else 1 end, (v ->> 'id')::uuid,
                (posting ->> 'minor')::numeric, posting ->> 'description'
            from vector cross join jsonb_array_elements(v -> 'postings') with ordinality as p (posting, line)
            join holdfast.account a on a.path = posting ->> 'account' and a.currency = posting ->> 'currency'
            """;

    private static final String CANONICAL_BYTES = """
            select holdfast.canonical_bytes(e), sha256(holdfast.canonical_bytes(e))
            from holdfast.journal_entry e where e.key = ?::jsonb ->> 'key'
            """;

    @TestFactory
    Stream<DynamicTest> java_builds_the_golden_bytes() {
        return CanonicalVector.all().stream()
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> {
                    assertThat(HEX.formatHex(CanonicalEntry.bytes(vector.entry())))
                            .isEqualTo(vector.bytes());
                    assertThat(vector.entry().hashed().hash()).isEqualTo(vector.sha256());
                }));
    }

    @Test
    void sql_builds_the_golden_bytes() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.dataSource().getConnection()) {
            execute(
                    connection,
                    "insert into holdfast.ledger (name, time_zone, opened_at) values ('main', 'UTC', now())");
            for (CanonicalVector vector : CanonicalVector.all()) {
                execute(connection, OPEN_ACCOUNTS, vector.json());
                execute(connection, RECORD, vector.json());

                assertThat(canonical(connection, vector))
                        .as(vector.name())
                        .containsExactly(vector.bytes(), vector.sha256());
            }
        }
    }

    @Test
    void every_kind_of_entry_and_every_optional_field_is_among_the_vectors() {
        List<RecordedEntry> entries =
                CanonicalVector.all().stream().map(CanonicalVector::entry).toList();

        assertThat(entries).extracting(RecordedEntry::kind).contains(EntryKind.values());
        assertThat(entries).anyMatch(entry -> entry.expiresAt().isPresent());
        assertThat(entries).anyMatch(entry -> entry.reverses().isPresent());
        assertThat(entries).anyMatch(entry -> entry.documents().size() > 1);
        assertThat(entries).anyMatch(entry -> entry.metadata().size() > 1);
    }

    @Test
    void equal_words_have_equal_bytes_however_they_were_typed() {
        Details composed = Details.NONE.describedAs("Zo\u00eb").metadata("caf\u00e9", "\u00fc");
        Details decomposed = Details.NONE.describedAs("Zoe\u0308").metadata("cafe\u0301", "u\u0308");

        assertThat(decomposed).isEqualTo(composed);
        assertThat(Key.of("e\u0301")).isEqualTo(Key.of("\u00e9"));
        assertThat(new DocumentReference("e\u0301", "00".repeat(32)))
                .isEqualTo(new DocumentReference("\u00e9", "00".repeat(32)));
    }

    @Test
    void what_postgresql_cannot_keep_is_refused_before_it_is_hashed() {
        assertThatThrownBy(() -> Details.NONE.describedAs("a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+0000");
        assertThatThrownBy(() -> Details.NONE.metadata("key", "\0")).hasMessageContaining("U+0000");
        assertThatThrownBy(() -> Key.of("k\0")).hasMessageContaining("U+0000");
        assertThatThrownBy(() -> Details.NONE.describedAs("\ud83d")).hasMessageContaining("surrogate");
    }

    @Test
    void a_deadline_is_cut_to_microseconds_where_postgresql_would_round() {
        CanonicalVector vector = CanonicalVector.all().get(0);
        HoldRequest request = new HoldRequest(
                Key.of("k"),
                Details.NONE,
                vector.entry().postings().get(1).account(),
                vector.entry().postings().get(1).amount(),
                Optional.of(Instant.parse("2026-01-01T00:00:00.123456999Z")));

        assertThat(request.expiresAt()).contains(Instant.parse("2026-01-01T00:00:00.123456Z"));
    }

    private static List<String> canonical(Connection connection, CanonicalVector vector) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(CANONICAL_BYTES)) {
            question.setString(1, vector.json());
            try (ResultSet answer = question.executeQuery()) {
                answer.next();
                return List.of(HEX.formatHex(answer.getBytes(1)), HEX.formatHex(answer.getBytes(2)));
            }
        }
    }

    private static void execute(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
