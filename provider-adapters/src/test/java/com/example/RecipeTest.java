package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java of the recipe is the Java that is compiled and run here, letter by letter. */
class RecipeTest {

    private static final Path RECIPE = Path.of("..", "docs", "recipes", "add-a-provider.md");
    private static final Path SOURCES = Path.of("src", "test", "java", "com", "example", "acme");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_recipe_quotes_every_source_whole_and_nothing_else() throws IOException {
        List<String> quoted = JAVA.matcher(Files.readString(RECIPE))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
                .toList();

        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(quoted)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(RecipeTest::text).toList());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
