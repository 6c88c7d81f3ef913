package io.holdfast.cli;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A place in a YAML file. Everything that is wrong with what stands there is told with the file's name, line and column.
 * Not safe for use by several threads.
 */
final class YamlNode {

    private static final int FILE_CHARACTERS_MAX = 1024 * 1024;
    private static final int DEPTH_MAX = 20;
    private static final int SHOWN_MAX = 60;
    private static final String STANDARD_TAG = "tag:yaml.org,2002:";
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final String file;
    private final Node node;
    private final Node key;
    private final Map<String, YamlNode> fields = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    private YamlNode(String file, Node node, Node key) {
        this.file = file;
        this.node = node;
        this.key = key;
    }

    /**
     * Reads a file's text; empty if nothing stands in it.
     *
     * @throws CommandFailure if it is not YAML
     */
    static Optional<YamlNode> parse(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(FILE_CHARACTERS_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setAllowDuplicateKeys(false);
        try {
            return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)))
                    .map(node -> new YamlNode(file, node, node));
        } catch (MarkedYAMLException e) {
            throw failure(file, e.getProblemMark(), "not well-formed YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw CommandFailure.invalid(file + ": not well-formed YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Returns what stands under a key of this mapping, if anything does. */
    Optional<YamlNode> find(String key) {
        taken.add(key);
        return Optional.ofNullable(fields().get(key));
    }

    /** Returns what stands under a key of this mapping. */
    YamlNode get(String key) {
        return find(key).orElseThrow(() -> failure("key \"" + key + "\" is missing"));
    }

    /** Ends the reading of this mapping: a key that was not asked for is unknown. */
    void refuseOtherKeys() {
        fields().forEach((key, value) -> {
            if (!taken.contains(key)) {
                throw failure(
                        file,
                        value.key.getStartMark(),
                        "unknown key \"" + Excerpts.of(key, SHOWN_MAX) + "\"; possible here: "
                                + String.join(", ", taken.stream().sorted().toList()));
            }
        });
    }

    /** Returns the fields of this mapping, in the order in which they stand there. */
    Map<String, YamlNode> fields() {
        if (!(node instanceof MappingNode mapping)) {
            throw failure("this is " + kind() + ", not keys with values");
        }
        if (fields.isEmpty()) {
            for (NodeTuple tuple : mapping.getValue()) {
                YamlNode name = new YamlNode(file, tuple.getKeyNode(), tuple.getKeyNode());
                YamlNode value = new YamlNode(file, tuple.getValueNode(), tuple.getKeyNode());
                if (fields.put(name.text(), value) != null) {
                    throw name.failure("key \"" + Excerpts.of(name.text(), SHOWN_MAX) + "\" stands here a second time");
                }
            }
        }
        return fields;
    }

    /** Returns the items of this list. */
    List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw failure("this is " + kind() + ", not a list");
        }
        List<YamlNode> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(new YamlNode(file, item, item)));
        return items;
    }

    /** Returns what is written here, as it is written. */
    String text() {
        if (!node.getTag().getValue().startsWith(STANDARD_TAG)) {
            throw failure("the tag " + node.getTag().getValue() + " is not possible here");
        }
        if (!(node instanceof ScalarNode scalar)) {
            throw failure("this is " + kind() + ", not a single value");
        }
        return scalar.getValue();
    }

    /** Returns the whole number that is written here. */
    int integer() {
        String text = text();
        if (!text.matches("[0-9]{1,9}")) {
            throw failure("\"" + Excerpts.of(text, SHOWN_MAX) + "\" is not a whole number");
        }
        return Integer.parseInt(text);
    }

    /** Returns whether {@code on} or {@code off} is written here. */
    boolean isOn() {
        return switch (text().toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes" -> true;
            case "off", "false", "no" -> false;
            default -> throw failure("\"" + Excerpts.of(text(), SHOWN_MAX) + "\" is neither on nor off");
        };
    }

    /** Returns the duration that is written here: {@code 200ms 5s 1m 1h 1d}. */
    Duration duration() {
        Matcher matcher = DURATION.matcher(text());
        if (!matcher.matches()) {
            throw failure(
                    "\"" + Excerpts.of(text(), SHOWN_MAX) + "\" is not a duration such as 200ms, 5s, 1m, 1h or 1d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Returns the failure of what stands here. */
    CommandFailure failure(String problem) {
        return failure(file, node.getStartMark(), problem);
    }

    /** Returns the failure of the key under which this stands. */
    CommandFailure keyFailure(String problem) {
        return failure(file, key.getStartMark(), problem);
    }

    /** Makes something of what stands here; what its maker objects to is told with this place. */
    <T> T checked(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw failure(String.valueOf(e.getMessage()));
        }
    }

    /** Reads a value here; what the reader objects to is told with this place. */
    <T> T read(Function<String, T> reader) {
        String text = text();
        return checked(() -> reader.apply(text));
    }

    private String kind() {
        if (node instanceof MappingNode) {
            return "keys with values";
        }
        return node instanceof SequenceNode ? "a list" : "a single value";
    }

    private static CommandFailure failure(String file, Mark mark, String problem) {
        return CommandFailure.of(
                ExitCode.INVALID,
                "CONFIGURATION",
                file + ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " + problem);
    }
}
