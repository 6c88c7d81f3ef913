package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch or a statement says otherwise than it means is told, row by row, and moves nothing. */
class CsvInputTest extends SnippePayouts {

    private static final String BATCH = "key,wallet,to,amount\n";
    private static final String STATEMENT = "status,reference,amount\n";

    @Test
    void a_batch_s_amount_with_a_thousands_comma_is_not_taken_for_a_smaller_one() throws Exception {
        Shell.Run run = batch(BATCH + "b1,alice,+255712345678,TZS 5,000\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "{\"line\":2,\"key\":\"b1\",\"result\":\"invalid\",\"message\":\"5 fields, and 4 columns are named:"
                                + " a field with a comma in it stands in quotes, and an amount has no thousands comma\"}")
                .endsWith("\"requested\":0,\"invalid\":1}\n");
        assertNothingMoved();
    }

    @Test
    void a_statement_s_amount_with_a_thousands_comma_is_not_taken_for_a_smaller_one() throws Exception {
        Shell.Run run = statement(STATEMENT + "completed,z3,TZS 5,000\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "1 row of input.csv is wrong, so nothing was compared:\nLine 2: 4 fields, and 3 columns are named:"
                                + " a field with a comma in it stands in quotes, and an amount has no thousands comma\n");
        assertNothingMoved();
    }

    @Test
    void every_row_of_a_batch_that_has_too_many_or_too_few_fields_is_told() throws Exception {
        Shell.Run run = batch("""
                key,wallet,to,amount,name,provider
                b1,alice,+255712345678,TZS 5000,Asha,
                b2,alice,+255712345678,TZS 5000
                b3,alice,+255712345678,TZS 5,000,Asha,snippe
                b4
                b5,alice,+255712345678,"TZS 5,000",Asha,snippe
                b6,alice,+255712345678,TZS 5000,Asha,snippe
                """);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "{\"line\":3,\"key\":\"b2\",\"result\":\"invalid\",\"message\":\"4 fields, and 6 columns are named:"
                                + " each column has its comma, also where nothing stands in it\"}")
                .contains("{\"line\":4,\"key\":\"b3\",\"result\":\"invalid\",\"message\":\"7 fields, and 6 columns")
                .contains("{\"line\":5,\"key\":\"b4\",\"result\":\"invalid\",\"message\":\"1 field, and 6 columns")
                .contains("{\"line\":6,\"key\":\"b5\",\"result\":\"invalid\",\"message\":\"Amount \\\"5,000\\\" is not")
                .doesNotContain("\"line\":2", "\"line\":7")
                .endsWith("\"requested\":0,\"invalid\":4}\n");
        assertNothingMoved();
    }

    @Test
    void rows_that_all_lack_the_same_last_fields_are_told_like_others() throws Exception {
        Shell.Run batch = batch("""
                key,wallet,to,amount,not_before
                b1,alice,+255712345678,TZS 5000
                b2,alice,+255712345679,TZS 5000
                """);
        Shell.Run statement = statement("status,reference,amount,fee\ncompleted,z1,TZS 5000\ncompleted,z2,TZS 5000\n");

        assertThat(batch.out()).contains("\"line\":2", "\"line\":3", "4 fields, and 5 columns");
        assertThat(statement.err()).contains("\nLine 2: 3 fields, and 4 columns", "\nLine 3: 3 fields, and 4 columns");
        assertThat(statement.exitCode()).isEqualTo(2);
        assertNothingMoved();
    }

    @Test
    void every_row_of_a_statement_that_is_wrong_is_told_before_anything_is_booked() throws Exception {
        Shell.Run run = statement(STATEMENT
                + "completed,z1,TZS 5000\n"
                + "completed,z2\n"
                + "completed,z3,TZS 5,000\n"
                + "completed,,TZS 5000\n"
                + "completed,z5,TZS -1\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("4 rows of input.csv are wrong, so nothing was compared:\nLine 3: 2 fields, and 3 columns")
                .contains("\nLine 4: 4 fields", "\nLine 5: there is no reference\n", "\nLine 6: A statement's line of");
        assertNothingMoved();
    }

    @Test
    void only_the_first_twenty_wrong_rows_of_a_statement_are_told_one_by_one() throws Exception {
        Shell.Run run = statement(STATEMENT + "completed,z1\n".repeat(25));

        assertThat(run.err())
                .startsWith("25 rows of input.csv are wrong")
                .contains("\nLine 21: ")
                .doesNotContain("Line 22")
                .endsWith("\nand 5 more\n");
    }

    @Test
    void a_quote_that_does_not_close_swallows_nothing() throws Exception {
        Shell.Run cutOff = batch(BATCH + "b1,alice,+255712345678,TZS 5000\nb2,alice,+255712345679,\"TZS 5000");
        Shell.Run within = batch(BATCH + "b1,alice,+255712345678,\"TZS 5000\nb2,alice,+255712345679,\"TZS 5000\"\n");
        Shell.Run statement = statement("status,reference,amount,note\ncompleted,z1,TZS 5000,\"as agreed\n");

        String why = "a quote that does not close in this line: a field has no line breaks";
        assertThat(cutOff.exitCode()).isEqualTo(2);
        assertThat(cutOff.out())
                .contains("[{\"line\":3,\"key\":\"\",\"result\":\"invalid\",\"message\":\"" + why + "\"}]");
        assertThat(within.out())
                .contains("[{\"line\":2,\"key\":\"\",\"result\":\"invalid\",\"message\":\"" + why + "\"}]");
        assertThat(statement.err()).contains("\nLine 2: " + why);
        assertNothingMoved();
    }

    @Test
    void a_field_that_goes_on_behind_its_quote_is_told() throws Exception {
        Shell.Run run = batch(BATCH + "b1,alice,+255712345678,\"TZS 50\"00\nb2,alice,+255712345678,\"TZS 50\"\"\"\n");

        assertThat(run.out())
                .contains(
                        "\"line\":2",
                        "a quote that closes within a field",
                        "\"line\":3",
                        "Amount \\\"50\\\"\\\" is not");
        assertNothingMoved();
    }

    @Test
    void a_carriage_return_within_a_line_ends_no_row_unseen() throws Exception {
        Shell.Run run = batch(BATCH + "b1,alice,+255712345678,TZS 5000\rb2,alice,+255712345679,TZS 5000\r\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("\"line\":2", "a carriage return within it");
        assertThat(batch(BATCH.replace("\n", "\r\n") + "b1,alice,+255712345678,\"TZS 5000\"\r\n")
                        .exitCode())
                .isZero();
    }

    @Test
    void a_file_without_a_line_that_names_the_columns_is_none() throws Exception {
        for (String empty : List.of("", "\n\n", "\uFEFF")) {
            assertThat(batch(empty).err())
                    .startsWith(
                            "input.csv is empty: its first line has to name the columns. Possible: key, wallet, to,");
            Shell.Run statement = statement(empty);
            assertThat(statement.exitCode()).isEqualTo(2);
            assertThat(statement.err())
                    .isEqualTo("input.csv is empty: its first line has to name the columns."
                            + " Possible: reference, amount, status, fee, on\n");
        }
        Shell.Run batch = batch("b1,alice,+255712345678,TZS 5000\n");
        Shell.Run statement = statement("completed,z1,TZS 5000\n");

        assertThat(batch.exitCode()).isEqualTo(2);
        assertThat(batch.err())
                .startsWith("The first line of input.csv has to name the columns."
                        + " Missing: \"key\", \"wallet\", \"to\", \"amount\". Unknown: \"b1\", \"alice\"");
        assertThat(statement.exitCode()).isEqualTo(2);
        assertThat(statement.err()).contains(" Missing: \"reference\", \"amount\", \"status\". Possible: ");
        assertNothingMoved();
    }

    @Test
    void a_file_that_names_the_columns_and_has_no_row_is_one_of_nothing() throws Exception {
        assertThat(batch(BATCH).out()).isEqualTo("{\"rows\":[],\"requested\":0,\"refused\":0}\n");
        assertThat(statement(STATEMENT).out()).startsWith("Nothing differs.");
    }

    @Test
    void a_column_that_is_missing_unknown_or_named_twice_is_told_once() throws Exception {
        assertThat(batch("key,wallet,to,amount,amount,foo\nb1,alice,+255712345678,TZS 5,TZS 6,x\n")
                        .err())
                .contains(" has to name the columns. Unknown: \"foo\". Named twice: \"amount\". Possible: ")
                .doesNotContain("Missing");
        assertThat(batch("key,wallet,to,amount,meta.a,meta.a\nb1,alice,+255712345678,TZS 5,1,2\n")
                        .err())
                .contains(" Named twice: \"meta.a\". Possible: ");
        assertThat(statement("reference,amount\nz1,TZS 5\nz2,TZS 5\n").err())
                .isEqualTo("The first line of input.csv has to name the columns."
                        + " Missing: \"status\". Possible: reference, amount, status, fee, on\n");
        assertThat(statement("reference,amount,status,Fee\nz1,TZS 5,paid,TZS 1\n")
                        .err())
                .contains(" Unknown: \"Fee\". Possible: ");
        assertThat(statement(" reference, amount, status, note,,\nz1,TZS 5,paid,x,,\n")
                        .exitCode())
                .isZero();
    }

    @Test
    void what_is_not_utf_8_is_told_by_its_line() throws Exception {
        byte[] latin1 = (BATCH.strip() + ",name\nb1,alice,+255712345678,TZS 5000,Ren\u00e9\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(directory.resolve("latin1.csv"), latin1);
        Files.writeString(directory.resolve("utf16.csv"), BATCH, StandardCharsets.UTF_16);
        Files.writeString(directory.resolve("unmarked.csv"), BATCH, StandardCharsets.UTF_16LE);

        assertThat(shell.run("payout", "batch", "latin1.csv", "--json").out())
                .contains("\"line\":2,\"key\":\"\",\"result\":\"invalid\",\"message\":\"The line is not UTF-8\"");
        assertThat(shell.run("payout", "batch", "utf16.csv").err())
                .isEqualTo("utf16.csv is no CSV: line 1: The line is not UTF-8\n");
        assertThat(shell.run("payout", "batch", "unmarked.csv").err())
                .isEqualTo("unmarked.csv is no CSV: line 1: U+0000 within it: save the file as CSV in UTF-8\n");
    }

    @Test
    void what_cannot_be_read_is_told_with_its_reason() {
        assertThat(shell.run("payout", "batch", ".").err()).isEqualTo(". cannot be read: Is a directory\n");
        assertThat(shell.run("reconcile", "snippe", "--statement", "none.csv").err())
                .isEqualTo("There is no file none.csv\n");
    }

    @Test
    void a_batch_and_a_statement_are_taken_from_standard_input() {
        Shell.Run batch = shell.pipe(BATCH + "b1,alice,+255712345678,TZS 5000\n", "payout", "batch", "-", "--json");
        Shell.Run statement =
                shell.pipe(STATEMENT + "completed,z1,TZS 5000\n", "reconcile", "snippe", "--statement", "-");

        assertThat(batch.out()).endsWith("\"requested\":1,\"refused\":0}\n");
        assertThat(statement.exitCode()).as(statement.err()).isZero();
        assertThat(shell.pipe("", "payout", "batch", "-").err()).startsWith("standard input is empty: ");
    }

    @Test
    void the_longest_line_is_read_and_a_longer_one_is_told() throws Exception {
        String row = "b1,alice,+255712345678,TZS 5000,\"";
        String longest = "x".repeat(LineReader.LINE_BYTES_MAX - row.length() - 1) + "\"\n";

        assertThat(batch(BATCH.strip() + ",name\n" + row + longest).out()).contains("\"line\":2", "\"invalid\":1");
        assertThat(batch(BATCH.strip() + ",name\n" + row + "x" + longest).out())
                .contains("The line has more than " + LineReader.LINE_BYTES_MAX + " bytes");
    }

    @Test
    void blanks_around_a_key_do_not_make_another_payout_of_it() throws Exception {
        Shell.Run batch = batch("wallet, key, to, amount\nalice, b1 ,+255712345678,TZS 5000\n");
        Shell.Run sent = send(" b1 ", "+255712345678");

        assertThat(batch.exitCode()).as(batch.err()).isZero();
        assertThat(sent.out()).contains("\"key\":\"b1\"", "\"id\":\"" + batch.field("payout") + "\"");
        assertThat(shell.run("payout", "show", " b1 ").exitCode()).isZero();
        assertThat(shell.run("payout", "list", "--json").out()).contains("\"total\":1,");
    }

    @Test
    void what_is_wrong_with_an_amount_of_a_file_has_nothing_of_the_command_line() throws Exception {
        assertThat(batch(BATCH + "b1,alice,+255712345678,5000\n").out())
                .contains("\"message\":\"\\\"5000\\\" is not a currency and an amount such as \\\"TZS 5000.00\\\"\"");
        assertThat(statement(STATEMENT + "completed,z1,5000\n").err())
                .endsWith("\"5000\" is not a currency and an amount such as \"TZS 5000.00\"\n");
        assertThat(shell.run("wallet", "fund", "alice", "TZS", "--key", "f2").err())
                .isEqualTo(
                        "\"TZS\" is not a currency and an amount such as \"TZS 5000.00\" (one argument, so quote it)\n");
    }

    private Shell.Run batch(String csv) throws Exception {
        Files.writeString(directory.resolve("input.csv"), csv);
        return shell.run("payout", "batch", "input.csv", "--json");
    }

    private Shell.Run statement(String csv) throws Exception {
        Files.writeString(directory.resolve("input.csv"), csv);
        return shell.run("reconcile", "snippe", "--statement", "input.csv");
    }

    private void assertNothingMoved() {
        assertThat(shell.run("trial-balance", "--json").out())
                .contains("\"account\":\"liabilities:wallets:alice\"")
                .doesNotContain("suspense", "float");
        assertThat(shell.run("hold", "list", "--json").out()).isEqualTo("[]\n");
    }
}
