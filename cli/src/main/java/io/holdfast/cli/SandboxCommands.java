package io.holdfast.cli;

import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast sandbox ...}. */
@Command(name = "sandbox", description = "Plays providers on this machine.")
final class SandboxCommands {

    private static final String SNIPPE = "snippe";
    private static final Pattern DASH = Pattern.compile("-([a-z])");
    private static final Duration TICK = Duration.ofMillis(100);

    private final CommandContext context;

    SandboxCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "start",
            description = {
                "Plays a provider on the loopback address, over real HTTP, until it is stopped (Ctrl-C).",
                "Prints its base URL and the credentials it takes. A recipient whose number ends in 9900 and two more digits"
                        + " gets a fault, 255754990001 for instance a timeout after the money was sent."
            })
    int start(
            @Option(
                            names = "--provider",
                            paramLabel = "NAME",
                            defaultValue = SNIPPE,
                            description =
                                    "which one: snippe, rohopay, nkwa, wistfare, zopay; default: ${DEFAULT-VALUE}")
                    String provider,
            @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "default: a free one")
                    int port,
            @Option(
                            names = "--settle-after",
                            paramLabel = "SECONDS",
                            defaultValue = "2",
                            description = "how long a payout stays pending; default: ${DEFAULT-VALUE}")
                    int settleSeconds,
            @Option(
                            names = "--callback-url",
                            paramLabel = "URL",
                            description = "where it calls back, as the provider's dashboard would have it")
                    Optional<URI> callback,
            @Option(
                            names = "--script",
                            paramLabel = "FILE",
                            description = "lines of `next FAULT...`, `read FAULT...` or `RECIPIENT FAULT...`")
                    Optional<String> script)
            throws InterruptedException {
        SimulatorKind kind = SimulatorKind.named(provider)
                .orElseThrow(() -> CommandFailure.invalid("There is no simulator of \"" + Excerpts.of(provider, 40)
                        + "\"; possible: " + SimulatorKind.names()));
        SimulatorSettings settings = SimulatorSettings.with(
                        context.surroundings().clock())
                .onPort(port)
                .settlingAfter(Duration.ofSeconds(settleSeconds))
                .tickingEvery(TICK);
        SimulatorKind.Played played;
        try {
            played = kind.player().play(settings, callback);
        } catch (UncheckedIOException e) {
            throw CommandFailure.invalid("The simulator cannot listen on port " + port + ": " + e.getMessage());
        }
        try (Simulator simulator = played.simulator()) {
            if (script.isPresent()) {
                simulator.script(Files.readAllLines(context.surroundings().resolve(script.get())));
            }
            Document document = new Document().with("provider", kind.name());
            played.section().forEach((key, value) -> document.with(camelCase(key), value));
            context.output()
                    .result(
                            document,
                            "Playing " + kind.name() + " at " + simulator.baseUrl()
                                    + "\nFor holdfast.yaml:\n\nproviders:\n  " + kind.yaml(played) + "\n");
            context.output().flush();
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw CommandFailure.invalid("The script cannot be read: " + e);
        }
        return ExitCode.DONE.number();
    }

    private static String camelCase(String key) {
        return DASH.matcher(key).replaceAll(dash -> dash.group(1).toUpperCase(Locale.ROOT));
    }
}
