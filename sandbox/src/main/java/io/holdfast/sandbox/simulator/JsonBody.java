package io.holdfast.sandbox.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * A request's JSON object, read strictly: no field twice, nothing behind it, each field of its kind. Immutable as long as
 * nobody changes what {@link #json} returns.
 */
public final class JsonBody {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode json;

    private JsonBody(ObjectNode json) {
        this.json = json;
    }

    /**
     * Reads a body.
     *
     * @throws MalformedBody if it is no JSON object
     */
    public static JsonBody parse(String body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return new JsonBody(object);
            }
            throw new MalformedBody("", "request body must be a JSON object");
        } catch (JsonProcessingException e) {
            throw new MalformedBody("", "request body is not valid JSON");
        }
    }

    /** Returns what a body that may be wrong says at a path such as {@code /recipient/msisdn}; empty if nothing. */
    public static String glimpse(String body, String path) {
        try {
            JsonNode root = MAPPER.readTree(body);
            return root == null ? "" : root.at(path).asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /**
     * Returns this body, which has no fields but these.
     *
     * @throws MalformedBody naming another one
     */
    public JsonBody only(Set<String> allowed) {
        json.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                throw new MalformedBody(name, "unknown field " + name);
            }
        });
        return this;
    }

    /**
     * Returns a text that is not blank.
     *
     * @throws MalformedBody if it is missing, blank or no text
     */
    public String text(String field) {
        return optionalText(field)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new MalformedBody(field, field + " is required"));
    }

    /**
     * Returns a text, if it is there.
     *
     * @throws MalformedBody if it is no text
     */
    public Optional<String> optionalText(String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new MalformedBody(field, field + " must be a string");
        }
        return Optional.of(value.textValue());
    }

    /**
     * Returns a whole number, written without a fraction.
     *
     * @throws MalformedBody if it is missing or no such number
     */
    public long whole(String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new MalformedBody(field, field + " must be an integer");
        }
        return value.longValue();
    }

    /**
     * Returns an object.
     *
     * @throws MalformedBody if it is missing or no object
     */
    public JsonBody object(String field) {
        if (json.path(field) instanceof ObjectNode object) {
            return new JsonBody(object);
        }
        throw new MalformedBody(field, field + " must be an object");
    }

    /** Tells whether a field is there. */
    public boolean has(String field) {
        return json.has(field);
    }

    /** Returns the object itself. */
    public ObjectNode json() {
        return json;
    }
}
