package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.AttemptOutcome;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.WebhookNotice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words that the database takes are those that the code has. */
class StoredWordsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    private static Stream<Arguments> columns() {
        return Stream.of(
                column("payout_intent", "payer", Payer.values()),
                column("payout_intent", "recipient_type", Channel.values()),
                column("payout_quote", "payer", Payer.values()),
                column("payout_quote", "recipient_type", Channel.values()),
                column("payout_state", "status", PayoutStatus.values()),
                column("payout_attempt", "state", AttemptState.values()),
                column("payout_attempt", "outcome", AttemptOutcome.values()),
                column("payout_send", "outcome", Outcome.Code.values()),
                column("payout_transition", "verdict", PayoutTransition.Verdict.values()),
                column("payout_transition", "outcome", Outcome.Code.values()),
                column("payout_entry", "role", EntryRole.values()),
                column("payout_resolution", "verdict", Resolution.Verdict.values()),
                column("payout_resolution_end", "way", PayoutResolution.Way.values()),
                Arguments.of("payout_webhook", "outcome", WebhookNotice.Proven.OUTCOMES),
                column("payout_webhook", "told_environment", Environment.values()),
                column("payout_environment", "environment", Environment.values()));
    }

    private static Arguments column(String table, String column, Enum<?>[] words) {
        return Arguments.of(table, column, List.of(words));
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("columns")
    void a_column_takes_each_word_of_its_enum_and_no_other(String table, String column, Collection<Enum<?>> words)
            throws SQLException {
        List<String> taken = taken(table, column);

        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        words.stream().map(Enum::name).toList());
    }

    private static List<String> taken(String table, String column) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select (regexp_matches(pg_get_constraintdef(c.oid), '''([A-Z_]+)''', 'g'))[1]
                        from pg_constraint c
                        join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
                        where c.contype = 'c' and c.conrelid = ('holdfast.' || ?)::regclass and a.attname = ?
                        """)) {
            query.setString(1, table);
            query.setString(2, column);
            List<String> words = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    words.add(rows.getString(1));
                }
            }
            return words;
        }
    }
}
