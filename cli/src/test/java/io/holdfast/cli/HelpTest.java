package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that {@code --help} lists, on a terminal of 80 columns. */
class HelpTest {

    private static final int WIDTH_MAX = 80;
    private static final String COMMANDS = "\nCommands:\n";
    private static final Pattern ROW = Pattern.compile(" {2}(?<name>[a-z-]+) {2,}(?<what>.*)");
    private static final Pattern ONE_SENTENCE = Pattern.compile("[A-Z]((?!\\. ).)*\\.");

    @TempDir
    private Path directory;

    @Test
    void each_command_is_listed_on_one_line_by_a_whole_sentence() {
        List<String> rows = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(""));
        while (!open.isEmpty()) {
            String command = open.remove(0);
            for (String row : listed(command)) {
                rows.add(row);
                Matcher parts = ROW.matcher(row);
                if (parts.matches()) {
                    open.add(command + parts.group("name") + " ");
                }
            }
        }

        assertThat(rows).hasSizeGreaterThan(40).allSatisfy(row -> {
            assertThat(row).hasSizeLessThanOrEqualTo(WIDTH_MAX).matches(ROW);
            assertThat(ROW.matcher(row).replaceFirst("${what}")).matches(ONE_SENTENCE);
        });
    }

    @Test
    void no_line_breaks_within_a_word() {
        for (String command : List.of("", "post ", "payout send ", "payout batch ", "payout list ")) {
            assertThat(new Shell(directory, Map.of())
                            .run((command + "--help").split(" "))
                            .out()
                            .lines())
                    .allSatisfy(line -> assertThat(line).doesNotMatch(".* [.-]+|.*-"));
        }
    }

    /** Returns the lines in which a command's help lists the commands below it. */
    private List<String> listed(String command) {
        String[] words = (command + "--help").split(" ", -1);
        String help = new Shell(directory, Map.of()).run(words).out();
        int start = help.indexOf(COMMANDS);
        return start < 0
                ? List.of()
                : help.substring(start + COMMANDS.length())
                        .lines()
                        .takeWhile(line -> !line.isEmpty())
                        .toList();
    }
}
