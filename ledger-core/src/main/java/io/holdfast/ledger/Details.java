package io.holdfast.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every command may say beside moving money: business date, description, metadata, documents.
 *
 * @param effectiveOn business date; if absent, the day of recording in the ledger's time zone
 * @param description free text of at most 1,000 characters; empty for none
 * @param metadata at most 50 pairs of text, keys of at most 64 and values of at most 500 characters
 * @param documents at most 20
 * @param unconditional whether this records what has already happened, so that limits and freezes are not asked
 */
public record Details(
        Optional<LocalDate> effectiveOn,
        String description,
        Map<String, String> metadata,
        List<DocumentReference> documents,
        boolean unconditional) {

    /** Nothing said. */
    public static final Details NONE = new Details(Optional.empty(), "", Map.of(), List.of(), false);

    private static final int METADATA_MAX = 50;
    private static final int METADATA_KEY_MAX = 64;
    private static final int METADATA_VALUE_MAX = 500;
    private static final int DOCUMENTS_MAX = 20;

    /**
     * Refuses what is too long or too many, and brings texts to Unicode normal form C.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public Details {
        effectiveOn.ifPresent(date -> Times.check("Effective date", date));
        description = Text.normalized("Description", description, Text.DESCRIPTION_MAX);
        if (metadata.size() > METADATA_MAX) {
            throw new IllegalArgumentException(
                    "Metadata has " + metadata.size() + " pairs, at most " + METADATA_MAX + " are kept");
        }
        Map<String, String> normalized = new LinkedHashMap<>();
        metadata.forEach((key, value) -> normalized.put(
                Text.name("Metadata key", key, METADATA_KEY_MAX),
                Text.normalized("Metadata value of \"" + Text.excerpt(key) + "\"", value, METADATA_VALUE_MAX)));
        if (normalized.size() < metadata.size()) {
            throw new IllegalArgumentException("Metadata has two keys that are the same text in Unicode normal form C");
        }
        metadata = Map.copyOf(normalized);
        if (documents.size() > DOCUMENTS_MAX) {
            throw new IllegalArgumentException(
                    "There are " + documents.size() + " documents, at most " + DOCUMENTS_MAX + " are kept");
        }
        documents = List.copyOf(documents);
    }

    /** Returns the same with a description. */
    public Details describedAs(String text) {
        return new Details(effectiveOn, text, metadata, documents, unconditional);
    }

    /** Returns the same with a business date. */
    public Details effectiveOn(LocalDate date) {
        return new Details(Optional.of(date), description, metadata, documents, unconditional);
    }

    /** Returns the same with one more pair of metadata; a key given again takes the later value. */
    public Details metadata(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new Details(effectiveOn, description, more, documents, unconditional);
    }

    /** Returns the same with these pairs of metadata instead. */
    public Details withMetadata(Map<String, String> pairs) {
        return new Details(effectiveOn, description, pairs, documents, unconditional);
    }

    /** Returns the same with one more document. */
    public Details document(DocumentReference document) {
        List<DocumentReference> more = new ArrayList<>(documents);
        more.add(document);
        return new Details(effectiveOn, description, metadata, more, unconditional);
    }

    /**
     * Returns the same for a movement that has already happened, such as a provider's settlement: limits and freezes
     * are not asked, because refusing would not undo it.
     */
    public Details asUnconditional() {
        return new Details(effectiveOn, description, metadata, documents, true);
    }
}
