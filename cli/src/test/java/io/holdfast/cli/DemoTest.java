package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Shell.Run;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    private Path directory;

    @Test
    void the_demo_accounts_for_all_money() {
        Run demo = new Shell(directory, Map.of()).run("demo");

        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .containsPattern(
                        "UNKNOWN +available +35,000.00 +held +8,500.00 +no answer proves nothing: the hold stays")
                .contains(
                        "Snippe was asked 2 times, with the same bytes under the same key; the recipient was paid once.")
                .containsPattern("FAILED +available +43,500.00 +held +- +failed")
                .containsPattern("REVERSED +available +35,000.00 +held +- +came back")
                .contains("Snippe was asked 1 time, RohoPay was asked 1 time; the recipient was paid once.")
                .containsPattern("REVIEW +available +44,800 +held +5,200 +for a person to settle; the hold stays")
                .contains("Nkwa was asked 1 time, Zopay was asked 1 time; the recipient was paid once.")
                .contains("Wistfare was asked 1 time; the recipient was paid once.")
                .contains("paid after all: taken from what is available")
                .contains("All money is accounted for.")
                .doesNotContain("255754");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void the_demo_is_one_document_for_scripts() {
        Run demo = new Shell(directory, Map.of()).run("demo", "--json");

        assertThat(demo.exitCode()).isZero();
        assertThat(demo.out())
                .isEqualTo("{\"ok\":true,\"payouts\":[{\"key\":\"rent\",\"status\":\"SUCCEEDED\",\"paid\":1},"
                        + "{\"key\":\"refund\",\"status\":\"FAILED\",\"paid\":0},"
                        + "{\"key\":\"salary\",\"status\":\"SUCCEEDED\",\"paid\":1},"
                        + "{\"key\":\"loan\",\"status\":\"FAILED\",\"paid\":0},"
                        + "{\"key\":\"prize\",\"status\":\"REVERSED\",\"paid\":0},"
                        + "{\"key\":\"bonus\",\"status\":\"SUCCEEDED\",\"paid\":1},"
                        + "{\"key\":\"grant\",\"status\":\"SUCCEEDED\",\"paid\":1},"
                        + "{\"key\":\"stipend\",\"status\":\"REVIEW\",\"paid\":0},"
                        + "{\"key\":\"voucher\",\"status\":\"SUCCEEDED\",\"paid\":1},"
                        + "{\"key\":\"harvest\",\"status\":\"SUCCEEDED\",\"paid\":1}],\"wrong\":[]}\n");
    }

    @Test
    void the_demo_touches_no_database_of_the_users() {
        Run demo = new Shell(directory, Map.of()).run("demo", "--jdbc-url", "jdbc:postgresql://127.0.0.1:1/books");

        assertThat(demo.exitCode()).isEqualTo(2);
        assertThat(demo.err()).contains("leave --jdbc-url out");
    }
}
