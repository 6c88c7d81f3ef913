package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.postgres.PostgresLedger;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java on the README's first screen is compiled and run as it stands there. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

    @Test
    void the_code_in_the_readme_compiles_and_does_what_it_says(@TempDir Path classes) throws Exception {
        String code = javaIn(Files.readString(README));
        String source = "import io.holdfast.db.Schema; import io.holdfast.ledger.*;"
                + "import io.holdfast.ledger.postgres.PostgresLedger;"
                + "import java.sql.Connection; import java.time.ZoneId; import javax.sql.DataSource;\n"
                + "public class Readme { public static void run(DataSource dataSource) throws Exception {\n" + code
                + "\n}}";

        compile(source, classes);

        try (TestDatabase database = TestDatabase.createEmpty();
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            loader.loadClass("Readme").getMethod("run", DataSource.class).invoke(null, database.dataSource());

            Ledger ledger = PostgresLedger.over(database.dataSource()).build();
            Currency ugx = Currency.of("UGX");
            Balance alice = ledger.balance(Account.of("liabilities:wallets:alice", ugx));
            assertThat(alice.available()).isEqualTo(Money.ofMinor(ugx, 20_000));
            assertThat(alice.held()).isEqualTo(Money.zero(ugx));
        }
    }

    private static String javaIn(String markdown) {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(markdown);
        assertThat(block.find()).as("a Java block in %s", README).isTrue();
        return block.group(1);
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
