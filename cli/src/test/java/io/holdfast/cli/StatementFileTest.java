package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words that providers have for how a payout stands. */
class StatementFileTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Amounts amounts =
            new Amounts(PostgresLedger.over(DATABASE.dataSource()).build());

    @TempDir
    private Path directory;

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PAID, completed, Snippe and Wistfare",
        "PAID, successful, RohoPay and Nkwa",
        "PAID, success, Nkwa",
        "PAID, SUCCESS, Zopay",
        "FAILED, failed, all",
        "FAILED, canceled, Nkwa",
        "FAILED, CANCELLED, Zopay",
        "FAILED, expired, Wistfare",
        "CAME_BACK, reversed, Snippe",
        "CAME_BACK, refunded, Wistfare",
        "UNDER_WAY, pending, all",
        "UNDER_WAY, PROCESSING, Wistfare and Zopay",
        "UNDER_WAY, VERIFYING, Zopay",
        "UNREAD, hold, nobody",
    })
    void every_word_of_the_providers_is_read(Status status, String word, String whose) throws IOException {
        assertThat(read(word)).as(whose).extracting(StatementLine::status).containsExactly(status);
    }

    @Test
    void a_word_may_be_written_in_any_case() throws IOException {
        assertThat(read("Successful")).extracting(StatementLine::status).containsExactly(Status.PAID);
    }

    private List<StatementLine> read(String word) throws IOException {
        Path file = directory.resolve("statement.csv");
        Files.writeString(file, "reference,amount,status\nr1,TZS 5000," + word + "\n");
        return new StatementFile(amounts).read(file);
    }
}
