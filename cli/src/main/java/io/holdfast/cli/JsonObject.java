package io.holdfast.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read, whose fields are taken out one by one; whatever nobody took is unknown and refused. Each
 * message names the field by its way from the outermost object. Not safe for use by several threads.
 */
final class JsonObject {

    private static final int DEPTH_MAX = 20;
    private static final int NUMBER_LENGTH_MAX = 100;
    private static final int SHOWN_MAX = 60;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxStringLength(LineReader.LINE_BYTES_MAX)
                    .build())
            .build();

    /** A number, which no field of a command may be: readers of JSON round them. */
    private record JsonNumber(String text) {}

    private final String way;
    private final Map<String, @Nullable Object> fields;
    private final Set<String> taken = new HashSet<>();

    private JsonObject(String way, Map<String, @Nullable Object> fields) {
        this.way = way;
        this.fields = fields;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the text is anything else, has a field twice, or is nested too deeply
     */
    static JsonObject parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("The line is not a JSON object");
            }
            JsonObject object = new JsonObject("", readFields(parser, ""));
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("There is something after the JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Not well-formed JSON" + column(e.getLocation()) + ": " + excerpt(e.getOriginalMessage()), e);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A string can be read", impossible);
        }
    }

    /** Returns a text that must be there. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** Returns a text, if it is there. */
    Optional<String> optionalText(String name) {
        return take(name).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw wrong(name, "a text in quotes", value);
        });
    }

    /** Returns true or false, if it is there. */
    Optional<Boolean> optionalFlag(String name) {
        return take(name).map(value -> {
            if (value instanceof Boolean flag) {
                return flag;
            }
            throw wrong(name, "true or false", value);
        });
    }

    /** Returns an object that must be there. */
    JsonObject object(String name) {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    /** Returns an object, if it is there. */
    Optional<JsonObject> optionalObject(String name) {
        return take(name).map(value -> {
            if (value instanceof JsonObject object) {
                return object;
            }
            throw wrong(name, "an object", value);
        });
    }

    /** Returns the objects of an array, none if it is not there. */
    List<JsonObject> objects(String name) {
        Object value = take(name).orElse(List.of());
        if (!(value instanceof List<?> items)) {
            throw wrong(name, "an array of objects", value);
        }
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof JsonObject object)) {
                throw wrong(name + "[" + objects.size() + "]", "an object", item);
            }
            objects.add(object);
        }
        return objects;
    }

    /** Returns all fields as texts. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.keySet().forEach(name -> texts.put(name, text(name)));
        return texts;
    }

    /**
     * Ends the taking of fields.
     *
     * @throws IllegalArgumentException if there is one that nobody took
     */
    void refuseOthers() {
        for (String name : fields.keySet()) {
            if (!taken.contains(name)) {
                throw new IllegalArgumentException("Unknown field \"" + excerpt(way + name) + "\"; possible here: "
                        + String.join(", ", taken.stream().sorted().toList()));
            }
        }
    }

    /** Tells whether there is such a field; asking does not take it. */
    boolean has(String name) {
        return fields.get(name) != null;
    }

    @Override
    public String toString() {
        return "an object";
    }

    private Optional<Object> take(String name) {
        taken.add(name);
        return Optional.ofNullable(fields.get(name));
    }

    private IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("Field \"" + way + name + "\" is missing");
    }

    private IllegalArgumentException wrong(String name, String expected, @Nullable Object found) {
        String shown = "null";
        if (found instanceof JsonNumber number) {
            shown = "the number " + excerpt(number.text());
        } else if (found instanceof String text) {
            shown = "\"" + excerpt(text) + "\"";
        } else if (found instanceof List<?>) {
            shown = "an array";
        } else if (found != null) {
            shown = found.toString();
        }
        return new IllegalArgumentException("Field \"" + excerpt(way + name) + "\" is " + shown + ", not " + expected);
    }

    private static Map<String, @Nullable Object> readFields(JsonParser parser, String way) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, readValue(parser, way + name));
        }
        return fields;
    }

    private static @Nullable Object readValue(JsonParser parser, String way) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> new JsonObject(way + ".", readFields(parser, way + "."));
            case START_ARRAY -> readItems(parser, way);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            default -> null;
        };
    }

    private static List<@Nullable Object> readItems(JsonParser parser, String way) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(readValue(parser, way + "[" + items.size() + "]"));
        }
        return items;
    }

    private static String column(@Nullable JsonLocation location) {
        return location == null ? "" : " at column " + location.getColumnNr();
    }

    private static String excerpt(String text) {
        return Excerpts.of(text, SHOWN_MAX);
    }
}
