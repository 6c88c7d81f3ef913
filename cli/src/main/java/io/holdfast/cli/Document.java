package io.holdfast.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object being put together: fields in the order in which they were added. Its values may be anything that {@link
 * JsonText} writes. Not safe for use by several threads.
 */
final class Document {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** Adds a field; an empty Optional is written as null. */
    Document with(String name, Object value) {
        fields.put(name, value instanceof Optional<?> optional ? optional.orElse(null) : value);
        return this;
    }

    /** Adds the fields of another document. */
    Document withAll(Document other) {
        fields.putAll(other.fields);
        return this;
    }

    Map<String, @Nullable Object> fields() {
        return Collections.unmodifiableMap(fields);
    }
}
