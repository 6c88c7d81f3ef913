import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * Applies the change sets to a throwaway PostgreSQL and writes the jOOQ classes of what came out, and which guards it has.
 *
 * <p>Run by the build with the Java launcher: {@code java GenerateJooq.java CHANGE_SETS OUTPUT}. The change sets are
 * applied as the plain SQL they are, so that this also proves that they need no Liquibase.
 */
final class GenerateJooq {

    public static void main(String[] arguments) throws Exception {
        Path changeSets = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]);
        Path servers = Path.of(System.getProperty("ot.epg.working-dir"));
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(servers.resolve("codegen-" + ProcessHandle.current().pid()))
                        .setLocaleConfig("locale", "C")
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .start();
                Connection connection = server.getPostgresDatabase().getConnection()) {
            apply(changeSets, connection);
            generate(connection, "holdfast", "io.holdfast.db.generated", output);
            generate(connection, "holdfast_books", "io.holdfast.db.generated.books", output);
            keepGuards(changeSets, connection, output);
        }
    }

    private static void apply(Path changeSets, Connection connection) throws IOException, SQLException {
        try (Stream<Path> files = Files.list(changeSets);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (Path file : files.filter(file -> file.toString().endsWith(".sql")).sorted().toList()) {
                try {
                    statement.execute(Files.readString(file));
                } catch (SQLException e) {
                    throw new SQLException(file.getFileName() + ": " + e.getMessage(), e.getSQLState(), e);
                }
            }
        }
    }

    private static void generate(Connection connection, String schema, String packageName, Path output)
            throws Exception {
        GenerationTool tool = new GenerationTool();
        tool.setConnection(connection);
        tool.run(new Configuration()
                .withLogging(Logging.WARN)
                .withGenerator(new Generator()
                        .withDatabase(new Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema(schema)
                                .withForcedTypes(forcedTypes()))
                        .withGenerate(new Generate().withDeprecated(false))
                        .withTarget(new Target().withPackageName(packageName).withDirectory(output.toString()))));
    }

    /** Writes down what io.holdfast.db.Guards is to find in every database. */
    private static void keepGuards(Path changeSets, Connection connection, Path output) throws IOException, SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set search_path = pg_catalog");
            try (ResultSet rows = statement.executeQuery(Files.readString(changeSets.resolve("guards/catalog.sql")))) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        }
        Files.write(output.resolve("io/holdfast/db/guards.txt"), lines);
    }

    /**
     * Instants are Instant, and a numeric without a declared scale is a BigInteger: such numbers count minor units,
     * and are what parameters of functions and sums in views have. A fraction declares its scale.
     */
    private static List<ForcedType> forcedTypes() {
        return List.of(
                new ForcedType().withName("INSTANT").withIncludeTypes("timestamp with time zone|timestamptz"),
                new ForcedType().withName("DECIMAL_INTEGER").withIncludeTypes("numeric\\(0\\)"),
                array("java.time.Instant[]", "_timestamptz"),
                array("java.math.BigInteger[]", "_numeric"));
    }

    /** jOOQ has no name to force an array's type by, but converts arrays element by element. */
    private static ForcedType array(String userType, String includeTypes) {
        return new ForcedType()
                .withUserType(userType)
                .withAutoConverter(true)
                .withIncludeTypes(includeTypes);
    }

    private GenerateJooq() {}
}
