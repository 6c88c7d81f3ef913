package io.holdfast.cli;

import io.holdfast.sandbox.nkwa.NkwaSettings;
import io.holdfast.sandbox.nkwa.NkwaSimulator;
import io.holdfast.sandbox.rohopay.RohoPaySettings;
import io.holdfast.sandbox.rohopay.RohoPaySimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import io.holdfast.sandbox.wistfare.WistfareSettings;
import io.holdfast.sandbox.wistfare.WistfareSimulator;
import io.holdfast.sandbox.zopay.ZopaySettings;
import io.holdfast.sandbox.zopay.ZopaySimulator;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A provider that can be played.
 *
 * @param name as in the configuration
 * @param player starts it
 */
record SimulatorKind(String name, Player player) {

    /** All kinds there are. */
    static final List<SimulatorKind> ALL = List.of(
            new SimulatorKind("snippe", SimulatorKind::snippe),
            new SimulatorKind("rohopay", SimulatorKind::rohopay),
            new SimulatorKind("nkwa", SimulatorKind::nkwa),
            new SimulatorKind("wistfare", SimulatorKind::wistfare),
            new SimulatorKind("zopay", SimulatorKind::zopay));

    private static final Map<String, Integer> WHOLE_SHILLINGS = new TreeMap<>(Map.of("KES", 0, "TZS", 0));

    /** Starts a simulator. */
    interface Player {

        /**
         * Starts it.
         *
         * @param callback where it calls back, if its provider knows one URL for all payouts
         */
        Played play(SimulatorSettings settings, Optional<URI> callback);
    }

    /**
     * A provider that is being played.
     *
     * @param keys what its section of the configuration needs to reach it, beside the base URL: texts, and maps of a word to
     *     a number
     */
    record Played(Simulator simulator, Map<String, Object> keys) {

        /** Returns what its section of the configuration holds. */
        Map<String, Object> section() {
            Map<String, Object> section = new LinkedHashMap<>();
            section.put("base-url", simulator.baseUrl().toString());
            section.putAll(keys);
            return section;
        }
    }

    static Optional<SimulatorKind> named(String name) {
        return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    static String names() {
        return ALL.stream().map(SimulatorKind::name).collect(Collectors.joining(", "));
    }

    /** Returns a section of the configuration as it stands in the file. */
    String yaml(Played played) {
        return played.section().entrySet().stream()
                .map(key -> key.getKey() + ": " + yaml(key.getValue()))
                .collect(Collectors.joining(", ", name + ": {", "}"));
    }

    private static String yaml(Object value) {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .collect(Collectors.joining(", ", "{", "}"))
                : "\"" + value + "\"";
    }

    private static Played snippe(SimulatorSettings settings, Optional<URI> callback) {
        SnippeSettings plain = SnippeSettings.account();
        SnippeSettings account = callback.map(plain::webhookUrl).orElse(plain);
        return new Played(
                SnippeSimulator.start(settings, account),
                ordered("api-key", account.apiKey(), "webhook-secret", account.webhookSecret()));
    }

    /**
     * RohoPay has no URL for all payouts: each create names its own. How it counts KES and TZS no document of its says, so
     * that the adapter has to be told: the simulator counts whole shillings.
     */
    private static Played rohopay(SimulatorSettings settings, Optional<URI> callback) {
        RohoPaySettings account = RohoPaySettings.account();
        Map<String, Object> keys = ordered("api-key", account.liveKey(), "webhook-secret", account.webhookSecret());
        keys.put("wire-scale", WHOLE_SHILLINGS);
        callback.ifPresent(url -> keys.put("callback-url", url.toString()));
        return new Played(RohoPaySimulator.start(settings, account), keys);
    }

    private static Played nkwa(SimulatorSettings settings, Optional<URI> callback) {
        NkwaSettings plain = NkwaSettings.account();
        NkwaSettings account = callback.map(plain::callbackUrl).orElse(plain);
        Map<String, Object> keys = ordered("api-key", account.apiKey());
        callback.ifPresent(url -> {
            keys.put("callback-url", url.toString());
            keys.put("public-key", account.publicKey());
        });
        return new Played(NkwaSimulator.start(settings, account), keys);
    }

    private static Played wistfare(SimulatorSettings settings, Optional<URI> callback) {
        WistfareSettings plain = WistfareSettings.account();
        WistfareSettings account = callback.map(plain::webhookUrl).orElse(plain);
        return new Played(
                WistfareSimulator.start(settings, account),
                ordered(
                        "api-key",
                        account.apiKey(),
                        "business-id",
                        account.businessId(),
                        "wallet-id",
                        account.walletId()));
    }

    private static Played zopay(SimulatorSettings settings, Optional<URI> callback) {
        ZopaySettings plain = ZopaySettings.account();
        ZopaySettings account = callback.map(plain::webhookUrl).orElse(plain);
        Map<String, Object> keys = ordered("api-key", account.apiKey(), "secret", account.secret());
        keys.put("origin", account.origin());
        keys.put("webhook-secret", account.webhookSecret());
        return new Played(ZopaySimulator.start(settings, account), keys);
    }

    private static Map<String, Object> ordered(String... keysAndValues) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            ordered.put(keysAndValues[index], keysAndValues[index + 1]);
        }
        return ordered;
    }
}
