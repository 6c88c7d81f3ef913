package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Shell.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class DemoTest {

    private static final int COLUMNS = 100;

    @TempDir
    private Path directory;

    @Test
    void the_demo_accounts_for_all_money() throws IOException {
        Run demo = new Shell(directory, Map.of()).run("demo");

        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .startsWith("HOLDFAST DEMO\n")
                .containsPattern("UNKNOWN +37,500.00 +8,500.00 +no answer proves nothing: it stays held")
                .contains("Snippe got 2 requests, the same bytes under the same key, and made 1 payment.")
                .containsPattern("FAILED +46,000.00 +- +declined: the hold is released")
                .containsPattern("REVERSED +24,500.00 +- +Snippe took it back")
                .contains("Snippe got 1 request and made no payment; RohoPay got 1 request and made 1 payment.")
                .containsPattern("REVIEW +36,200 +5,200 +for a person to settle: it stays held")
                .contains("Nkwa got 1 request and made no payment.")
                .contains("Wistfare lists it as paid")
                .contains("paid after all: taken from what is available")
                .containsPattern("TZS +60,000.00 +34,000.00 +9,000.00 +- +17,000.00 +-\n")
                .containsPattern("Nkwa +XAF +94,950 +94,950 +yes\n")
                .containsPattern("Nkwa +1 +1 +1 unanswered, left to a person after exactly 1 request\n")
                .containsPattern("LATE_SUCCESS of grant ")
                .endsWith("All money is accounted for.\n")
                .contains(storyOfTheReadme())
                .doesNotContain("255754", "237670", "237690", "250788");
        assertThat(demo.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void the_demo_shows_each_provider_pay_and_fail_and_what_else_may_happen() {
        Run demo = new Shell(directory, Map.of()).run("demo", "--json");

        assertThat(demo.exitCode()).isZero();
        Map<String, Object> document = new Yaml().load(demo.out());
        assertThat(document).containsEntry("ok", true).containsEntry("wrong", List.of());
        List<Map<String, Object>> payouts = rows(document, "payouts");
        for (String provider : List.of("snippe", "rohopay", "nkwa", "zopay", "wistfare")) {
            assertThat(payouts.stream()
                            .filter(payout -> text(payout, "provider").equals(provider)))
                    .as(provider)
                    .extracting(payout -> text(payout, "status"))
                    .contains("SUCCEEDED", "FAILED");
        }
        assertThat(payouts)
                .allSatisfy(payout -> assertThat(payout)
                        .containsEntry("paid", text(payout, "status").equals("SUCCEEDED") ? 1 : 0));
        assertThat(of(payouts, "stipend"))
                .containsEntry("status", "REVIEW")
                .containsEntry("requests", Map.of("nkwa", 1));
        assertThat(payouts.stream().filter(payout -> text(payout, "status").equals("REVIEW")))
                .hasSize(1);
        assertThat(of(payouts, "salary")).containsEntry("requests", Map.of("snippe", 2));
        assertThat(of(payouts, "water")).containsEntry("requests", Map.of("rohopay", 2));
        assertThat(of(payouts, "cocoa")).containsEntry("requests", Map.of("zopay", 2));
        assertThat(of(payouts, "harvest")).containsEntry("requests", Map.of("wistfare", 1));
        assertThat(of(payouts, "bonus"))
                .containsEntry("provider", "rohopay")
                .containsEntry("requests", Map.of("snippe", 1, "rohopay", 1));
        assertThat(of(payouts, "prize")).containsEntry("status", "REVERSED");
        assertThat(rows(document, "providers").stream().map(Map::values).map(List::copyOf))
                .as("provider, succeeded, failed, reversed, review, late, resent, found in its list, passed on")
                .containsExactly(
                        List.of("snippe", 2, 1, 1, 0, 0, 1, 0, 1),
                        List.of("rohopay", 4, 1, 0, 0, 1, 2, 0, 0),
                        List.of("nkwa", 1, 1, 0, 1, 0, 0, 0, 0),
                        List.of("zopay", 2, 1, 0, 0, 0, 1, 0, 0),
                        List.of("wistfare", 2, 1, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void the_demo_touches_no_database_of_the_users() {
        Run demo = new Shell(directory, Map.of()).run("demo", "--jdbc-url", "jdbc:postgresql://127.0.0.1:1/books");

        assertThat(demo.exitCode()).isEqualTo(2);
        assertThat(demo.err()).contains("leave --jdbc-url out");
    }

    /** What the README shows of the demo. */
    private static String storyOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String story = readme.substring(readme.indexOf("A salary."));
        return story.substring(0, story.indexOf("```"));
    }

    @SuppressWarnings("unchecked") // the demo's own document
    private static List<Map<String, Object>> rows(Map<String, Object> document, String name) {
        return (List<Map<String, Object>>) Objects.requireNonNull(document.get(name));
    }

    private static String text(Map<String, Object> row, String name) {
        return String.valueOf(row.get(name));
    }

    private static Map<String, Object> of(List<Map<String, Object>> payouts, String key) {
        return payouts.stream()
                .filter(payout -> text(payout, "key").equals(key))
                .findFirst()
                .orElseThrow();
    }
}
