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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java of a recipe is the Java that is compiled and run here, letter by letter. */
class RecipeTest {

    private static final Path RECIPES = Path.of("..", "docs", "recipes");
    private static final Path SOURCES = Path.of("src", "test", "java", "com", "example");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({"add-a-provider.md, acme", "embed-payouts.md, shop"})
    void a_recipe_quotes_every_source_whole_and_nothing_else(String recipe, String sources) throws IOException {
        List<String> quoted = JAVA.matcher(Files.readString(RECIPES.resolve(recipe)))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
                .toList();

        try (Stream<Path> files = Files.list(SOURCES.resolve(sources))) {
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
