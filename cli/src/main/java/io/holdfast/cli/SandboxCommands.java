package io.holdfast.cli;

import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast sandbox ...}. */
@Command(name = "sandbox", description = "Plays providers on this machine.")
final class SandboxCommands {

    private static final String SNIPPE = "snippe";
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
                            description = "which one: " + SNIPPE + "; default: ${DEFAULT-VALUE}")
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
                            names = "--script",
                            paramLabel = "FILE",
                            description = "lines of `next FAULT...`, `read FAULT...` or `RECIPIENT FAULT...`")
                    Optional<String> script)
            throws InterruptedException {
        if (!provider.equals(SNIPPE)) {
            throw CommandFailure.invalid("There is no simulator of \"" + Excerpts.of(provider, 40) + "\": " + SNIPPE);
        }
        SimulatorSettings settings = SimulatorSettings.with(
                        context.surroundings().clock())
                .onPort(port)
                .settlingAfter(Duration.ofSeconds(settleSeconds))
                .tickingEvery(TICK);
        SnippeSettings account = SnippeSettings.account();
        try (Simulator simulator = SnippeSimulator.start(settings, account)) {
            if (script.isPresent()) {
                simulator.script(Files.readAllLines(context.surroundings().resolve(script.get())));
            }
            context.output()
                    .result(
                            new Document()
                                    .with("provider", provider)
                                    .with("baseUrl", simulator.baseUrl())
                                    .with("apiKey", account.apiKey())
                                    .with("webhookSecret", account.webhookSecret()),
                            "Playing " + provider + " at " + simulator.baseUrl()
                                    + "\nFor holdfast.yaml:\n\nproviders:\n  "
                                    + provider + ": {base-url: \"" + simulator.baseUrl() + "\", api-key: \""
                                    + account.apiKey() + "\", webhook-secret: \"" + account.webhookSecret() + "\"}\n");
            context.output().flush();
            new CountDownLatch(1).await();
        } catch (UncheckedIOException e) {
            throw CommandFailure.invalid("The simulator cannot listen on port " + port + ": " + e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.invalid("The script cannot be read: " + e);
        }
        return ExitCode.DONE.number();
    }
}
