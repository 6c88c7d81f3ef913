package io.holdfast.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Side;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what the commands print as JSON, on one line. */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private JsonText(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Returns the JSON of a document, a map, a list, an amount, a number, a boolean or null; of anything else, its text.
     */
    static String of(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            new JsonText(generator).write(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A string can be written to", impossible);
        }
        return text.toString();
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Document document) {
            writeFields(document.fields());
        } else if (value instanceof Map<?, ?> map) {
            writeFields(map);
        } else if (value instanceof Iterable<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                write(item);
            }
            json.writeEndArray();
        } else if (value instanceof Money money) {
            writeFields(new Document()
                    .with("currency", money.currency().code())
                    .with("value", money.toPlainString())
                    .fields());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else {
            json.writeString(text(value));
        }
    }

    private void writeFields(Map<?, ?> fields) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.writeFieldName(String.valueOf(field.getKey()));
            write(field.getValue());
        }
        json.writeEndObject();
    }

    private static String text(Object value) {
        if (value instanceof Side side) {
            return side.word();
        }
        if (value instanceof Part part) {
            return part.word();
        }
        return value instanceof EntryKind kind ? kind.word() : value.toString();
    }
}
