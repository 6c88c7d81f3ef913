package io.holdfast.cli;

import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast sandbox ...}. */
@Command(name = "sandbox", description = "Plays providers on this machine.")
final class SandboxCommands {

    private static final Pattern DASH = Pattern.compile("-([a-z])");
    private static final Duration TICK = Duration.ofMillis(100);

    private final CommandContext context;

    SandboxCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "start",
            description = {
                "Plays providers on the loopback address, over real HTTP.",
                "Goes on until it is stopped (Ctrl-C). Prints their base URLs and the credentials they take. A recipient whose number ends in 9900 and two more"
                        + " digits gets a fault, 255754990001 for instance a timeout after the money was sent."
            })
    int start(
            @Option(
                            names = "--provider",
                            paramLabel = "NAME",
                            description = "which one: snippe, rohopay, nkwa, wistfare, zopay; default: all of them")
                    Optional<String> provider,
            @Option(
                            names = "--port",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "of the first one, the others on those that follow; default: free ones")
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
                            description = "where it calls back, as the provider's dashboard would have it;"
                                    + " where all are played, each has its name added to the path")
                    Optional<URI> callback,
            @Option(
                            names = "--script",
                            paramLabel = "FILE",
                            description = "lines of `next FAULT...`, `read FAULT...` or `RECIPIENT FAULT...`")
                    Optional<String> script)
            throws InterruptedException {
        List<SimulatorKind> kinds =
                provider.map(SandboxCommands::kind).map(List::of).orElse(SimulatorKind.ALL);
        SimulatorSettings settings = SimulatorSettings.with(
                        context.surroundings().clock())
                .settlingAfter(Duration.ofSeconds(settleSeconds))
                .tickingEvery(TICK);
        List<String> lines = script.map(this::lines).orElse(List.of());
        Map<SimulatorKind, SimulatorKind.Played> played = new LinkedHashMap<>();
        try {
            for (SimulatorKind kind : kinds) {
                int own = port == 0 ? 0 : port + played.size();
                Optional<URI> ownCallback =
                        kinds.size() == 1 ? callback : callback.map(url -> beneath(url, kind.name()));
                played.put(kind, play(kind, settings.onPort(own), ownCallback));
            }
            played.values().forEach(each -> each.simulator().script(lines));
            context.output().result(document(played, provider.isPresent()), text(played));
            context.output().flush();
            new CountDownLatch(1).await();
        } finally {
            played.values().forEach(each -> each.simulator().close());
        }
        return ExitCode.DONE.number();
    }

    private List<String> lines(String script) {
        return new InputFile(context.surroundings(), script).read(in -> {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes)
                    .toString()
                    .lines()
                    .toList();
        });
    }

    private static URI beneath(URI url, String name) {
        return URI.create(url.toString().replaceFirst("/$", "") + "/" + name);
    }

    private static SimulatorKind kind(String name) {
        return SimulatorKind.named(name)
                .orElseThrow(() -> CommandFailure.invalid("There is no simulator of \"" + Excerpts.of(name, 40)
                        + "\"; possible: " + SimulatorKind.names()));
    }

    private static SimulatorKind.Played play(SimulatorKind kind, SimulatorSettings settings, Optional<URI> callback) {
        try {
            return kind.player().play(settings, callback);
        } catch (UncheckedIOException e) {
            throw CommandFailure.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Document document(Map<SimulatorKind, SimulatorKind.Played> played, boolean isOneAskedFor) {
        List<Document> documents = new ArrayList<>();
        played.forEach((kind, each) -> {
            Document document = new Document().with("provider", kind.name());
            each.section().forEach((key, value) -> document.with(camelCase(key), value));
            documents.add(document);
        });
        return isOneAskedFor ? documents.get(0) : new Document().with("providers", documents);
    }

    private static String text(Map<SimulatorKind, SimulatorKind.Played> played) {
        StringBuilder places = new StringBuilder();
        StringBuilder sections = new StringBuilder();
        played.forEach((kind, each) -> {
            places.append("Playing ")
                    .append(kind.name())
                    .append(" at ")
                    .append(each.simulator().baseUrl())
                    .append('\n');
            sections.append("  ").append(kind.yaml(each)).append('\n');
        });
        return places + "For holdfast.yaml:\n\nproviders:\n" + sections;
    }

    private static String camelCase(String key) {
        return DASH.matcher(key).replaceAll(dash -> dash.group(1).toUpperCase(Locale.ROOT));
    }
}
