package io.holdfast.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Pairs of text that are kept with what a command records. */
final class MetadataOptions {

    private static final int SHOWN_MAX = 40;

    @Option(names = "--meta", paramLabel = "NAME=VALUE", description = "a pair of metadata; may be repeated")
    private List<String> pairs = List.of();

    /**
     * Returns the values by their names.
     *
     * @throws CommandFailure if one is no pair, or a name is given twice
     */
    Map<String, String> read() {
        Map<String, String> read = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw CommandFailure.invalid(
                        "--meta \"" + Excerpts.of(pair, SHOWN_MAX) + "\" is not a name, an equals sign and a value");
            }
            String name = pair.substring(0, equals);
            if (read.put(name, pair.substring(equals + 1)) != null) {
                throw CommandFailure.invalid("--meta " + Excerpts.of(name, SHOWN_MAX) + " is given twice");
            }
        }
        return read;
    }
}
