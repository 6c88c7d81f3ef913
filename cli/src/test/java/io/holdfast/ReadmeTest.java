package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.provider.snippe.SnippeProvider;
import io.holdfast.provider.snippe.SnippeSettings;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java on the README's first screen is compiled and run as it stands there, and its dependency is one of ours. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String API_KEY = "snp_test_key";
    private static final Duration UNTIL_SETTLED = Duration.ofHours(1);

    @Test
    void the_code_in_the_readme_compiles_and_does_what_it_says(@TempDir Path classes) throws Exception {
        compile(programOf(blocks("java")), classes);

        try (TestDatabase database = TestDatabase.createEmpty();
                Simulator snippe = SnippeSimulator.start(
                        SimulatorSettings.with(MovableClock.at(Clock.systemUTC().instant())),
                        io.holdfast.sandbox.snippe.SnippeSettings.account());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Object status = loader.loadClass("Readme")
                    .getMethod("run", DataSource.class, String.class, URI.class)
                    .invoke(null, database.dataSource(), API_KEY, snippe.baseUrl());
            snippe.advance(UNTIL_SETTLED);
            Ledger ledger = PostgresLedger.over(database.dataSource()).build();
            PayoutEngine anHourLater = PayoutEngine.over(database.dataSource(), ledger)
                    .provider(new SnippeProvider(SnippeSettings.builder(API_KEY)
                            .baseUrl(snippe.baseUrl())
                            .build()))
                    .clock(Clock.offset(Clock.systemUTC(), UNTIL_SETTLED))
                    .build();
            anHourLater.processor().runOnce(100);

            assertThat(status).isEqualTo(PayoutStatus.PROCESSING);
            assertThat(anHourLater
                            .payouts()
                            .find(Key.of("payout-7"))
                            .orElseThrow()
                            .status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            Currency tzs = Currency.of("TZS");
            Balance alice = ledger.balance(Account.of("liabilities:wallets:alice", tzs));
            assertThat(alice.available()).isEqualTo(Money.parse("TZS 13500"));
            assertThat(alice.held()).isEqualTo(Money.zero(tzs));
        }
    }

    @Test
    void the_dependencies_in_the_readme_are_modules_of_this_version() throws IOException {
        String dependencies = String.join("", blocks("xml"));
        List<String> named = found("holdfast-([a-z-]+)", dependencies);

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(
                        module -> assertThat(Path.of("..", module, "pom.xml")).exists());
        assertThat(Files.readString(Path.of("..", "pom.xml")))
                .contains(found("(<version>[^<]+</version>)", dependencies));
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = found("(?s)```" + language + "\n(.*?)```", Files.readString(README));
        assertThat(blocks).as("blocks of %s in %s", language, README).isNotEmpty();
        return blocks;
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    /** Returns a class whose only method does what the blocks do, one after the other, and returns how the payout stands then. */
    private static String programOf(List<String> blocks) {
        var lines = blocks.stream()
                .flatMap(String::lines)
                .collect(Collectors.partitioningBy(line -> line.startsWith("import ")));
        return String.join("\n", lines.get(true))
                + "\nimport java.net.URI; import java.sql.Connection; import java.time.ZoneId; import java.util.List;"
                + "import javax.sql.DataSource;\n"
                + "public class Readme {"
                + "  public static Object run(DataSource dataSource, String apiKey, URI snippeUrl) throws Exception {\n"
                + String.join("\n", lines.get(false))
                + "\n  return payout.status();\n}}";
    }

    private static void compile(String source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        var file = new SimpleJavaFileObject(URI.create("string:///Readme.java"), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path")),
                        null,
                        List.of(file))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
    }
}
