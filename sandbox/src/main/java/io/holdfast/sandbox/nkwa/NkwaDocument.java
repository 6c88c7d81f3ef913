package io.holdfast.sandbox.nkwa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Nkwa's published OpenAPI document, as the judge of what is JSON of which kind. Thread-safe. */
final class NkwaDocument {

    private static final String COMPONENTS = "components";

    // A schema stands in the document beside its components, which judge nothing. Any other word that the validator
    // does
    // not know is an error: it would be a rule that nobody keeps.
    private static final Dialect DIALECT = Dialect.builder(Dialects.getOpenApi30())
            .keyword(new NonValidationKeyword(COMPONENTS))
            .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
            .build();

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDialect(DIALECT);

    NkwaDocument() {
        try (InputStream yaml = NkwaDocument.class.getResourceAsStream("openapi.yaml")) {
            document = new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("Nkwa's OpenAPI document cannot be read", e);
        }
    }

    /** Returns a schema of the document, such as {@code PaymentRequest}. */
    Schema schema(String name) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("$ref", "#/" + COMPONENTS + "/schemas/" + name);
        root.set(COMPONENTS, document.path(COMPONENTS));
        return schemas.getSchema(root);
    }

    /** Returns what is wrong with a body by the rules of a schema; nothing if it keeps them. */
    static List<String> faults(Schema schema, JsonNode body) {
        return schema.validate(body).stream()
                .map(fault -> fault.getInstanceLocation() + ": " + fault.getMessage())
                .toList();
    }
}
