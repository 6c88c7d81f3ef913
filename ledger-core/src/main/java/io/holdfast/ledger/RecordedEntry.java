package io.holdfast.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A journal entry as the ledger recorded it. It never changes.
 *
 * @param ledger name of its ledger
 * @param id UUIDv7
 * @param kind what it came from
 * @param key idempotency key of the command
 * @param effectiveOn business date
 * @param recordedAt when the ledger recorded it, in whole microseconds
 * @param actor who asked
 * @param origin by which program
 * @param description free text, empty for none
 * @param metadata pairs of text
 * @param documents what it rests on
 * @param postings by line, the ones that the ledger added for a hold included
 * @param holdId the hold that was placed, committed, released or expired
 * @param expiresAt deadline of the hold that was placed
 * @param reverses the entry that this one undoes
 * @param fingerprint digest of the command, 64 hexadecimal digits and 10 more for each field it had
 * @param hash SHA-256 of the canonical bytes, 64 hexadecimal digits: keep it as a receipt
 */
public record RecordedEntry(
        String ledger,
        UUID id,
        EntryKind kind,
        Key key,
        LocalDate effectiveOn,
        Instant recordedAt,
        String actor,
        String origin,
        String description,
        Map<String, String> metadata,
        List<DocumentReference> documents,
        List<Posting> postings,
        Optional<UUID> holdId,
        Optional<Instant> expiresAt,
        Optional<UUID> reverses,
        String fingerprint,
        String hash) {

    /** Copies the lists. */
    public RecordedEntry {
        metadata = Map.copyOf(metadata);
        documents = List.copyOf(documents);
        postings = List.copyOf(postings);
    }

    /** Returns the same entry with the hash of its canonical bytes. */
    public RecordedEntry hashed() {
        return new RecordedEntry(
                ledger,
                id,
                kind,
                key,
                effectiveOn,
                recordedAt,
                actor,
                origin,
                description,
                metadata,
                documents,
                postings,
                holdId,
                expiresAt,
                reverses,
                fingerprint,
                HexFormat.of().formatHex(CanonicalEntry.hash(this)));
    }
}
