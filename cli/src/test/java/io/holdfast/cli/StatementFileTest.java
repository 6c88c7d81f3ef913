package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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

    @Test
    void the_provider_s_date_is_read_where_there_is_one() throws IOException {
        assertThat(rows("reference,amount,status,on", "r1,TZS 5000,paid,2026-03-04", "r2,TZS 5000,paid,"))
                .extracting(StatementLine::on)
                .containsExactly(Optional.of(LocalDate.parse("2026-03-04")), Optional.empty());
        assertThat(read("paid")).extracting(StatementLine::on).containsExactly(Optional.empty());
    }

    @Test
    void a_date_that_is_none_is_refused_by_its_line() {
        assertThatThrownBy(() -> rows("reference,amount,status,on", "r1,TZS 5000,paid,04.03.2026"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Line 2: \"04.03.2026\" is not a date such as 2026-01-31");
    }

    @Test
    void a_date_in_no_year_that_books_are_kept_in_is_refused_by_its_line() {
        for (String date : List.of("-20000-01-01", "1899-12-31", "+10000-01-01")) {
            assertThatThrownBy(() -> rows("reference,amount,status,on", "r1,TZS 5000,paid," + date))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("Line 2: A statement's line of TZS 5000.00 on " + date
                            + ": dates lie in the years 1900 to 9999");
        }
    }

    @Test
    void a_fee_in_another_currency_is_refused_by_its_line() {
        assertThatThrownBy(() -> rows("reference,amount,status,fee", "r1,TZS 5000,paid,KES 5"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Line 2: the fee of KES 5.00 is in another currency than TZS 5000.00");
    }

    @Test
    void a_file_that_begins_with_a_byte_order_mark_is_read() throws IOException {
        assertThat(rows("\uFEFFreference,amount,status", "r1,TZS 5000,paid"))
                .extracting(StatementLine::reference)
                .containsExactly("r1");
    }

    @Test
    void columns_that_are_not_looked_at_may_be_named_alike() throws IOException {
        assertThat(rows("reference,Currency,amount,status,Balance,Currency,Balance", "r1,TZS,TZS 5000,paid,1,TZS,2"))
                .extracting(StatementLine::reference)
                .containsExactly("r1");
        assertThatThrownBy(() -> rows("reference,amount,status,fee,Balance,fee,Balance", "r1,TZS 5000,paid,,1,,2"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("has to name the columns. Named twice: \"fee\". Possible: ");
    }

    @Test
    void an_amount_that_is_no_payment_is_refused_by_its_line() {
        for (String amount : List.of("TZS 0", "TZS -5000")) {
            assertThatThrownBy(() -> rows("reference,amount,status", "r1,TZS 5000,paid", "r2," + amount + ",paid"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("Line 3: A statement's line of " + amount + ".00 is no payment");
        }
        assertThatThrownBy(() -> rows("reference,amount,fee,status", "r1,TZS 5000,TZS -5000,paid"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Line 2: A statement's line of TZS 5000.00 has a fee of TZS -5000.00");
    }

    private List<StatementLine> read(String word) throws IOException {
        return rows("reference,amount,status", "r1,TZS 5000," + word);
    }

    private List<StatementLine> rows(String... rows) throws IOException {
        Path file = directory.resolve("statement.csv");
        Files.writeString(file, String.join("\n", rows) + "\n");
        return new StatementFile(amounts).read(Files.newInputStream(file), "statement.csv");
    }
}
