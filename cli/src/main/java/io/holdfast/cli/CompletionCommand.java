package io.holdfast.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast generate-completion}. */
@Command(
        name = "generate-completion",
        description = {
            "Prints a completion script for bash and zsh.",
            "To use it in this shell:",
            "  source <(./holdfast generate-completion)"
        })
final class CompletionCommand implements Callable<Integer> {

    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash(spec.root().name(), spec.root().commandLine());
        context.output().result(new Document().with("script", script), script);
        return ExitCode.DONE.number();
    }
}
