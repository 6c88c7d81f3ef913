package io.holdfast.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.DocumentReference;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One entry of {@code canonical-entries-v1.json}, whose bytes were built by a program that shares no code with ours. */
record CanonicalVector(String name, String json, RecordedEntry entry, String bytes, String sha256) {

    private static final String FILE = "canonical-entries-v1.json";

    static List<CanonicalVector> all() {
        try (InputStream in = CanonicalVector.class.getResourceAsStream(FILE)) {
            List<CanonicalVector> vectors = new ArrayList<>();
            for (JsonNode vector : new ObjectMapper().readTree(in)) {
                vectors.add(new CanonicalVector(
                        vector.get("name").textValue(),
                        vector.get("entry").toString(),
                        entry(vector.get("entry")),
                        vector.get("bytes").textValue(),
                        vector.get("sha256").textValue()));
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static RecordedEntry entry(JsonNode json) {
        return new RecordedEntry(
                json.get("ledger").textValue(),
                UUID.fromString(json.get("id").textValue()),
                EntryKind.valueOf(json.get("kind").textValue().toUpperCase(Locale.ROOT)),
                new Key(json.get("key").textValue()),
                LocalDate.parse(json.get("effectiveOn").textValue()),
                Instant.parse(json.get("recordedAt").textValue()),
                json.get("actor").textValue(),
                json.get("origin").textValue(),
                json.get("description").textValue(),
                metadata(json.get("metadata")),
                documents(json.get("documents")),
                postings(json.get("postings")),
                optional(json.get("holdId")).map(UUID::fromString),
                optional(json.get("expiresAt")).map(Instant::parse),
                optional(json.get("reverses")).map(UUID::fromString),
                json.get("fingerprint").textValue(),
                "");
    }

    private static Map<String, String> metadata(JsonNode json) {
        Map<String, String> metadata = new LinkedHashMap<>();
        json.properties()
                .forEach(pair -> metadata.put(pair.getKey(), pair.getValue().textValue()));
        return metadata;
    }

    private static List<DocumentReference> documents(JsonNode json) {
        List<DocumentReference> documents = new ArrayList<>();
        json.forEach(document -> documents.add(new DocumentReference(
                document.get("reference").textValue(), document.get("sha256").textValue())));
        return documents;
    }

    private static List<Posting> postings(JsonNode json) {
        List<Posting> postings = new ArrayList<>();
        for (JsonNode posting : json) {
            Currency currency = Currency.of(
                    posting.get("currency").textValue(), posting.get("exponent").intValue());
            postings.add(new Posting(
                    Account.of(posting.get("account").textValue(), currency),
                    Side.valueOf(posting.get("side").textValue().toUpperCase(Locale.ROOT)),
                    Part.valueOf(posting.get("part").textValue().toUpperCase(Locale.ROOT)),
                    Money.ofMinor(currency, new BigInteger(posting.get("minor").textValue())),
                    posting.get("description").textValue()));
        }
        return postings;
    }

    private static Optional<String> optional(JsonNode json) {
        return Optional.ofNullable(json.textValue());
    }
}
