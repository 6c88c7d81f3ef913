package io.holdfast.cli;

import io.holdfast.sandbox.rohopay.RohoPaySettings;
import io.holdfast.sandbox.rohopay.RohoPaySimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A provider that can be played.
 *
 * @param name as in the configuration
 * @param credentials what its section of the configuration needs to reach the played one, beside the base URL
 * @param start starts it
 */
record SimulatorKind(String name, Map<String, String> credentials, Function<SimulatorSettings, Simulator> start) {

    /** All kinds there are. */
    static final List<SimulatorKind> ALL = List.of(snippe(), rohopay());

    static Optional<SimulatorKind> named(String name) {
        return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    static String names() {
        return ALL.stream().map(SimulatorKind::name).collect(Collectors.joining(", "));
    }

    /** Returns the section of the configuration that reaches it. */
    String section(Simulator simulator) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("base-url", simulator.baseUrl().toString());
        keys.putAll(credentials);
        return keys.entrySet().stream()
                .map(key -> key.getKey() + ": \"" + key.getValue() + "\"")
                .collect(Collectors.joining(", ", name + ": {", "}"));
    }

    private static SimulatorKind snippe() {
        SnippeSettings account = SnippeSettings.account();
        return new SimulatorKind(
                "snippe",
                ordered("api-key", account.apiKey(), "webhook-secret", account.webhookSecret()),
                settings -> SnippeSimulator.start(settings, account));
    }

    private static SimulatorKind rohopay() {
        RohoPaySettings account = RohoPaySettings.account();
        return new SimulatorKind(
                "rohopay",
                ordered("api-key", account.liveKey(), "webhook-secret", account.webhookSecret()),
                settings -> RohoPaySimulator.start(settings, account));
    }

    private static Map<String, String> ordered(String... keysAndValues) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            ordered.put(keysAndValues[index], keysAndValues[index + 1]);
        }
        return ordered;
    }
}
