package io.holdfast.ledger.postgres;

import io.holdfast.ledger.CanonicalEntry;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Reversal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command said, digested: equal for equal content, and able to name the fields in which two commands differ.
 *
 * <p>32 bytes of SHA-256 over every field, then for each field that was given its number and the first 4 bytes of its
 * own digest. A field that was left out takes part as left out. What it is made of never changes, or replays of old
 * commands would be refused after an upgrade.
 */
final class Fingerprint {

    private static final List<String> FIELDS = List.of(
            "op",
            "effectiveOn",
            "description",
            "metadata",
            "documents",
            "unconditional",
            "postings",
            "account",
            "amount",
            "expiresAt",
            "hold",
            "final",
            "entry");
    private static final int WHOLE = 32;
    private static final int DIGEST = 4;
    private static final byte[] NOT_GIVEN = {};

    /** By number, {@link #NOT_GIVEN} where the command left a field out. */
    private final byte[][] fields = new byte[FIELDS.size()][];

    private Fingerprint() {
        Arrays.fill(fields, NOT_GIVEN);
    }

    /**
     * Returns a command's fingerprint as hexadecimal digits.
     *
     * @param target id of the hold or entry that the command names, or how it named it if there is none
     */
    static String of(KeyedCommand command, String target) {
        return new Fingerprint().read(command, target).hex();
    }

    /** Returns the names of the fields in which two fingerprints differ. */
    static List<String> differences(String one, String other) {
        Map<Integer, String> first = digests(one);
        Map<Integer, String> second = digests(other);
        List<String> names = new ArrayList<>();
        for (int field = 0; field < FIELDS.size(); field++) {
            if (!first.getOrDefault(field, "").equals(second.getOrDefault(field, ""))) {
                names.add(FIELDS.get(field));
            }
        }
        return names.isEmpty() ? List.of("content") : names;
    }

    private Fingerprint read(KeyedCommand command, String target) {
        details(command.details());
        if (command instanceof JournalEntry entry) {
            return put("op", "post").put("postings", postings(entry.postings()));
        } else if (command instanceof HoldRequest hold) {
            hold.expiresAt().ifPresent(at -> put("expiresAt", at.toString()));
            return put("op", "hold")
                    .put("account", hold.account().path())
                    .put("amount", hold.amount().toString());
        } else if (command instanceof HoldCommit commit) {
            commit.finality().ifPresent(isFinal -> put("final", isFinal.toString()));
            return put("op", "commit").put("hold", target).put("postings", postings(commit.postings()));
        } else if (command instanceof HoldRelease) {
            return put("op", "release").put("hold", target);
        } else if (command instanceof Reversal reversal) {
            reversal.amount().ifPresent(amount -> put("amount", amount.toString()));
            if (!reversal.postings().isEmpty()) {
                put("postings", postings(reversal.postings()));
            }
            return put("op", "reverse").put("entry", target);
        }
        throw new IllegalStateException("No such command: " + command.getClass());
    }

    private void details(Details details) {
        details.effectiveOn().ifPresent(date -> put("effectiveOn", date.toString()));
        if (!details.description().isEmpty()) {
            put("description", details.description());
        }
        if (!details.metadata().isEmpty()) {
            List<String> pairs = new ArrayList<>();
            new TreeMap<>(details.metadata()).forEach((key, value) -> pairs.addAll(List.of(key, value)));
            put("metadata", framed(pairs));
        }
        if (!details.documents().isEmpty()) {
            put(
                    "documents",
                    framed(details.documents().stream()
                            .flatMap(document -> List.of(document.reference(), document.sha256()).stream())
                            .toList()));
        }
        if (details.unconditional()) {
            put("unconditional", "true");
        }
    }

    private static byte[] postings(List<Posting> postings) {
        List<String> parts = new ArrayList<>();
        for (Posting posting : postings) {
            parts.addAll(List.of(
                    posting.account().path(),
                    posting.side().word(),
                    posting.amount().toString(),
                    posting.description()));
        }
        return framed(parts);
    }

    private Fingerprint put(String field, String value) {
        return put(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private Fingerprint put(String field, byte[] value) {
        fields[FIELDS.indexOf(field)] = value;
        return this;
    }

    private String hex() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        ByteArrayOutputStream each = new ByteArrayOutputStream();
        for (int number = 0; number < fields.length; number++) {
            byte[] value = fields[number];
            if (value != NOT_GIVEN) {
                byte[] digest = CanonicalEntry.sha256(value);
                whole.write(number);
                whole.writeBytes(digest);
                each.write(number);
                each.write(digest, 0, DIGEST);
            }
        }
        return HexFormat.of().formatHex(CanonicalEntry.sha256(whole.toByteArray()))
                + HexFormat.of().formatHex(each.toByteArray());
    }

    private static Map<Integer, String> digests(String fingerprint) {
        byte[] bytes = HexFormat.of().parseHex(fingerprint);
        Map<Integer, String> digests = new TreeMap<>();
        for (int at = WHOLE; at < bytes.length; at += 1 + DIGEST) {
            digests.put((int) bytes[at], HexFormat.of().formatHex(Arrays.copyOfRange(bytes, at + 1, at + 1 + DIGEST)));
        }
        return digests;
    }

    /** Joins texts so that different lists never give equal bytes. */
    private static byte[] framed(List<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }
}
