package io.holdfast.cli;

import io.holdfast.payout.Payer;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Channel;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code holdfast}: the commands it has, and what happens when one of them fails. */
@Command(
        name = "holdfast",
        description = "A double-entry ledger on PostgreSQL, with payouts.",
        synopsisSubcommandLabel = "COMMAND",
        version = "holdfast " + HoldfastCommand.VERSION,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused by a rule",
            "2:bad usage or input, or a database that cannot be used",
            "3:the integrity of the books does not hold",
            "4:in doubt: look again",
            "70:a bug"
        },
        subcommands = {
            DemoCommand.class,
            AccountCommands.class,
            CurrencyCommands.class,
            PostCommand.class,
            HoldCommands.class,
            ReverseCommand.class,
            BalanceCommand.class,
            WalletCommands.class,
            TrialBalanceCommand.class,
            StatementCommand.class,
            VerifyCommand.class,
            PayoutCommands.class,
            ProvidersCommand.class,
            FloatCommands.class,
            ReconcileCommand.class,
            SandboxCommands.class,
            MigrateCommand.class,
            StopCommand.class,
            CompletionCommand.class
        })
final class HoldfastCommand {

    static final String VERSION = "0.1.0-SNAPSHOT";

    @Mixin
    private GlobalOptions options = new GlobalOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version and exit")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    /** Runs one command and returns its exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        HoldfastCommand root = new HoldfastCommand();
        CommandContext context = new CommandContext(surroundings, root.options);
        CommandLine commandLine = new CommandLine(root, new Commands(context));
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .registerConverter(Channel.class, converter(Channels::read))
                .registerConverter(Payer.class, converter(text -> EnumWords.read(Payer.class, text)))
                .registerConverter(
                        Resolution.Verdict.class, converter(text -> EnumWords.read(Resolution.Verdict.class, text)))
                .registerConverter(UUID.class, converter(HoldfastCommand::id))
                .registerConverter(LocalDate.class, converter(Dates::date))
                .registerConverter(Instant.class, converter(Dates::instant))
                .setParameterExceptionHandler((e, words) -> misused(context, e, words))
                .setExecutionExceptionHandler((e, line, result) -> failed(context, e, root.options.json()));
        int exitCode = commandLine.execute(arguments);
        surroundings.out().flush();
        surroundings.err().flush();
        return exitCode;
    }

    private static int misused(CommandContext context, ParameterException e, String... words) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        // The options are not read yet when reading them fails.
        boolean json = Arrays.asList(words).contains("--json");
        return failed(context, CommandFailure.invalid(e.getMessage() + "\nSee `" + command + " --help`."), json);
    }

    private static int failed(CommandContext context, Exception thrown, boolean json) {
        Optional<CommandFailure> known = Failures.of(thrown);
        CommandFailure failure = known.orElseGet(() -> CommandFailure.of(ExitCode.BUG, "BUG", "" + thrown));
        if (known.isEmpty()) {
            context.output().note("This is a bug of Holdfast's; please report it with what follows.");
            thrown.printStackTrace(context.surroundings().err());
        } else {
            context.output().note(failure.getMessage());
        }
        if (json) {
            context.output().line(failure.document());
        }
        return failure.exitCode().number();
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + Excerpts.of(text, 60) + "\" is not an id such as 0190f3a1-7c5e-7d28-9d3e-80fa9111ac00", e);
        }
    }

    private static <T> ITypeConverter<T> converter(ITypeConverter<T> reader) {
        return text -> {
            try {
                return reader.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    /** Makes the commands, each with the context. */
    private record Commands(CommandContext context) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {CommandContext.class})) {
                    return type.cast(constructor.newInstance(context));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
