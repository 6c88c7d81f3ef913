package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.Schema;
import io.holdfast.payout.PayoutItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of payouts is complete. */
class PayoutDocumentsTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void the_recipe_for_operators_has_one_row_for_each_kind_of_item() throws IOException {
        List<String> rows = found(
                        "(?m)^\\| `([A-Z_]+)` \\|", Files.readString(DOCS.resolve("recipes/look-after-payouts.md")))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(PayoutItem.Kind.values()).map(Enum::name).toList());
    }

    @Test
    void the_table_of_transitions_has_exactly_those_that_the_database_takes() throws IOException {
        Stream<String> documented = found("(?m)^(\\|[^|]*\\|[^|]*`[A-Z_]+`[^|]*\\|)[^|]*\\|[^|]*\\|$", architecture())
                .flatMap(PayoutDocumentsTest::moves);

        assertThat(documented).containsExactlyInAnyOrderElementsOf(taken());
    }

    @Test
    void the_map_of_the_engine_places_each_of_its_classes_once() throws IOException {
        Path engine = Path.of("../payout-module/src/main/java/io/holdfast/payout/engine");
        String map = Files.readString(engine.resolve("package-info.java"));
        try (Stream<Path> files = Files.list(engine)) {
            assertThat(found("(?:\\{@code |engine\\.)([A-Z][A-Za-z]+)}", map.substring(map.indexOf("Start at"))))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.startsWith("package-info"))
                                    .map(name -> name.replace(".java", ""))
                                    .toList());
        }
    }

    private static String architecture() throws IOException {
        return Files.readString(DOCS.resolve("ARCHITECTURE.md"));
    }

    /** Returns the moves of a row: from each status of its first column to each of its second. */
    private static Stream<String> moves(String row) {
        String[] columns = row.split("\\|", -1);
        List<String> from = found("`([A-Z_]+)`", columns[1]).toList();
        return found("`([A-Z_]+)`", columns[2])
                .flatMap(
                        to -> (from.isEmpty() ? List.of("NONE") : from).stream().map(status -> status + " " + to));
    }

    private static List<String> taken() throws IOException {
        try (InputStream payouts = Schema.class.getResourceAsStream("007-payouts.sql")) {
            String sql = new String(payouts.readAllBytes(), StandardCharsets.UTF_8);
            String list = sql.substring(sql.indexOf("'NONE AWAITING_APPROVAL'"));
            return found("'([A-Z_]+ [A-Z_]+)'", list.substring(0, list.indexOf(")")))
                    .toList();
        }
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult result) -> result.group(1));
    }
}
