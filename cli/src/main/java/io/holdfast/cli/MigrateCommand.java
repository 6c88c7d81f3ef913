package io.holdfast.cli;

import io.holdfast.db.Schema;
import io.holdfast.db.SchemaScript;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast migrate}. */
@Command(name = "migrate", description = "Brings the database to the schema of this release.")
final class MigrateCommand implements Callable<Integer> {

    private final CommandContext context;

    @Option(
            names = "--print",
            description = "print the scripts instead, for a migration tool of your own; the database is not asked")
    private boolean print;

    MigrateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<SchemaScript> scripts = Schema.scripts();
        if (print) {
            context.output()
                    .result(scripts.stream().map(MigrateCommand::document).toList(), text(scripts));
            return ExitCode.DONE.number();
        }
        try (Database database = Database.openAsIs(context.options(), context.surroundings(), context.output()::note)) {
            Schema.migrate(database.dataSource());
        }
        int version = scripts.get(scripts.size() - 1).version();
        context.output().result(new Document().with("schemaVersion", version), "The schema has version " + version);
        return ExitCode.DONE.number();
    }

    private static Document document(SchemaScript script) {
        return new Document()
                .with("version", script.version())
                .with("name", script.name())
                .with("sql", script.sql());
    }

    private static String text(List<SchemaScript> scripts) {
        return scripts.stream()
                .map(script -> "-- " + script.name() + ".sql\n\n" + script.sql())
                .collect(Collectors.joining("\n"));
    }
}
