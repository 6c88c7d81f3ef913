package io.holdfast.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.payout.spi.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * JSON as providers write it: what is missing or of another kind is absent, never an exception, and amounts are never
 * rounded.
 */
public final class Json {

    private static final int DIGITS_MAX = 40;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,20})?");
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private Json() {}

    /** Returns an object to be written. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Returns an object's bytes: fields in the order in which they were set, no blanks. */
    public static byte[] bytes(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON can always be written", e);
        }
    }

    /** Returns a whole text as JSON; absent if it is none, or names a field twice. */
    public static Optional<JsonNode> read(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            return root.isContainerNode() ? Optional.of(root) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns the first of these fields that an object has; missing if it has none of them. */
    public static JsonNode first(JsonNode object, String... names) {
        for (String name : names) {
            if (object.hasNonNull(name)) {
                return object.path(name);
            }
        }
        return MissingNode.getInstance();
    }

    /** Returns a text or number, as text, that is not blank. */
    public static Optional<String> text(JsonNode node) {
        return node.isTextual() || node.isNumber()
                ? Optional.of(node.asText()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /** Returns a text that can be a provider's reference. */
    public static Optional<String> reference(JsonNode node) {
        return text(node)
                .filter(text ->
                        text.length() <= Outcome.REFERENCE_MAX && text.chars().noneMatch(Character::isISOControl));
    }

    /** Returns a number, or a text that is a plain decimal number, exactly; absent beyond {@value #DIGITS_MAX} digits. */
    public static Optional<BigDecimal> decimal(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return Math.abs(number.scale()) <= DIGITS_MAX && number.precision() <= DIGITS_MAX
                    ? Optional.of(number)
                    : Optional.empty();
        }
        return text(node).filter(text -> DECIMAL.matcher(text).matches()).map(BigDecimal::new);
    }

    /** Returns a time with its offset from UTC, between 1970 and 9999. */
    public static Optional<Instant> instant(JsonNode node) {
        try {
            return text(node)
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .filter(at -> !at.isBefore(EARLIEST) && at.isBefore(LATEST));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
