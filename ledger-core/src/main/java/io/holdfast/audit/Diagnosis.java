package io.holdfast.audit;

import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.POSTING;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.records.AccountRecord;
import io.holdfast.db.generated.tables.records.JournalEntryRecord;
import io.holdfast.db.generated.tables.records.PostingRecord;
import io.holdfast.ledger.EntryKind;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which field of an entry was changed after its hash was taken.
 *
 * <p>What else the ledger keeps suggests what a field may have been, such as the postings' date for the entry's. If the
 * entry with that value has the hash that was kept, then it is proven that this field was changed, and from what. Belongs
 * to one thread.
 */
final class Diagnosis {

    private static final String NONE = "none";

    private final DSLContext db;
    private final int ledgerId;
    private final Suspects suspects;

    Diagnosis(DSLContext db, int ledgerId) {
        this.db = db;
        this.ledgerId = ledgerId;
        this.suspects = new Suspects(db, ledgerId);
    }

    /** Something that may have been changed, and how to know whether it was. */
    private record Suspicion(Failure failure, BooleanSupplier isProven) {}

    /** Returns what is wrong with an entry whose hash is not that of its content. */
    Failure of(UUID entryId) {
        Evidence evidence = new Evidence(db, ledgerId, entryId);
        return Stream.concat(inHead(evidence), inPostings(evidence))
                .filter(suspicion -> suspicion.isProven().getAsBoolean())
                .findFirst()
                .map(Suspicion::failure)
                .or(() -> malformed(evidence))
                .orElseGet(() -> unexplained(evidence));
    }

    private Stream<Suspicion> inHead(Evidence evidence) {
        JournalEntryRecord entry = evidence.entry();
        UUID id = entry.getEntryId();
        return Stream.<Stream<Suspicion>>of(
                        head(
                                evidence,
                                JOURNAL_ENTRY.KIND,
                                Arrays.stream(EntryKind.values()).map(EntryKind::word)),
                        head(
                                evidence,
                                JOURNAL_ENTRY.EFFECTIVE_ON,
                                evidence.postings().stream()
                                        .map(PostingRecord::getEffectiveOn)
                                        .distinct()),
                        head(evidence, JOURNAL_ENTRY.RECORDED_AT, Suspects.timesIn(id).stream()),
                        head(
                                evidence,
                                JOURNAL_ENTRY.HOLD_ID,
                                orNone(Stream.concat(Stream.of(id), suspects.holds(evidence).stream()))),
                        head(evidence, JOURNAL_ENTRY.EXPIRES_AT, orNone(suspects.deadlines(id).stream())),
                        head(evidence, JOURNAL_ENTRY.REVERSES, orNone(suspects.originals(evidence).stream())),
                        head(evidence, JOURNAL_ENTRY.ACTOR, suspects.texts(JOURNAL_ENTRY.ACTOR).stream()),
                        head(evidence, JOURNAL_ENTRY.ORIGIN, suspects.texts(JOURNAL_ENTRY.ORIGIN).stream()),
                        head(evidence, JOURNAL_ENTRY.DESCRIPTION, Stream.of("")),
                        head(evidence, JOURNAL_ENTRY.DOCUMENTS, orNone(Stream.empty())),
                        head(evidence, JOURNAL_ENTRY.METADATA, orNone(Stream.empty())))
                .flatMap(suspicions -> suspicions);
    }

    private Stream<Suspicion> inPostings(Evidence evidence) {
        return IntStream.range(0, evidence.postings().size()).boxed().flatMap(index -> {
            PostingRecord posting = evidence.postings().get(index);
            return Stream.<Stream<Suspicion>>of(
                            posting(evidence, index, POSTING.SIDE, Stream.of((short) -posting.getSide())),
                            posting(evidence, index, POSTING.PART, Stream.of((short) (1 - posting.getPart()))),
                            posting(evidence, index, POSTING.AMOUNT, balancing(evidence, posting).stream()),
                            posting(evidence, index, POSTING.ACCOUNT_ID, suspects.miscountedAccounts().stream()),
                            posting(evidence, index, POSTING.DESCRIPTION, Stream.of("")),
                            exchanged(evidence, index).stream())
                    .flatMap(suspicions -> suspicions);
        });
    }

    private static <T> Stream<Suspicion> head(
            Evidence evidence, TableField<JournalEntryRecord, T> field, Stream<? extends @Nullable T> values) {
        JournalEntryRecord entry = evidence.entry();
        return values.filter(value -> !Objects.equals(value, entry.get(field))).map(value -> {
            JournalEntryRecord other = entry.into(JOURNAL_ENTRY);
            other.set(field, value);
            return new Suspicion(
                    new Failure(subject(evidence), field.getName(), text(value), text(entry.get(field))),
                    () -> evidence.fits(other));
        });
    }

    private static <T> Stream<Suspicion> posting(
            Evidence evidence, int index, TableField<PostingRecord, T> field, Stream<T> values) {
        PostingRecord posting = evidence.postings().get(index);
        return values.filter(value -> !value.equals(posting.get(field))).map(value -> {
            PostingRecord other = posting.into(POSTING);
            other.set(field, value);
            return new Suspicion(
                    new Failure(subject(evidence, posting), field.getName(), text(value), text(posting.get(field))),
                    () -> evidence.fits(index, other));
        });
    }

    private static Optional<Suspicion> exchanged(Evidence evidence, int index) {
        if (index + 1 == evidence.postings().size()) {
            return Optional.empty();
        }
        short line = evidence.postings().get(index).getLine();
        short next = evidence.postings().get(index + 1).getLine();
        return Optional.of(new Suspicion(
                new Failure(subject(evidence, evidence.postings().get(index)), "line", text(next), text(line)),
                () -> evidence.fitsExchanged(index)));
    }

    /** Returns the amount with which a posting would balance its entry, if it has any. */
    private static Optional<BigInteger> balancing(Evidence evidence, PostingRecord posting) {
        Optional<String> currency = currency(evidence, posting);
        BigInteger off = evidence.postings().stream()
                .filter(other -> currency(evidence, other).equals(currency))
                .map(other -> other.getAmount().multiply(BigInteger.valueOf(other.getSide())))
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger amount = posting.getAmount().subtract(off.multiply(BigInteger.valueOf(posting.getSide())));
        return Optional.of(amount).filter(it -> it.signum() > 0);
    }

    private static Optional<String> currency(Evidence evidence, PostingRecord posting) {
        return evidence.account(posting.getAccountId()).map(AccountRecord::getCurrency);
    }

    /** Returns what keeps an entry from having canonical bytes at all. */
    private Optional<Failure> malformed(Evidence evidence) {
        JournalEntryRecord entry = evidence.entry();
        if (Routines.canonicalDocuments(db.configuration(), entry.getDocuments()) == null) {
            return Optional.of(new Failure(
                    subject(evidence),
                    "documents",
                    "none, or references with their digests",
                    text(entry.getDocuments())));
        }
        if (Routines.canonicalMetadata(db.configuration(), entry.getMetadata()) == null) {
            return Optional.of(
                    new Failure(subject(evidence), "metadata", "none, or pairs of text", text(entry.getMetadata())));
        }
        return evidence.postings().stream()
                .filter(posting -> evidence.account(posting.getAccountId()).isEmpty())
                .findFirst()
                .map(posting -> new Failure(
                        subject(evidence, posting),
                        "account_id",
                        "an account of this ledger",
                        text(posting.getAccountId())));
    }

    private static Failure unexplained(Evidence evidence) {
        HexFormat hex = HexFormat.of();
        return new Failure(
                subject(evidence),
                "content",
                "what its hash " + hex.formatHex(evidence.entry().getHash()) + " covers",
                "what has "
                        + evidence.hash()
                                .map(hash -> "the hash " + hex.formatHex(hash))
                                .orElse("no hash"));
    }

    private static <T> Stream<@Nullable T> orNone(Stream<T> values) {
        return Stream.concat(values, Collections.<@Nullable T>singletonList(null).stream());
    }

    private static String subject(Evidence evidence) {
        return "entry " + evidence.entry().getEntryId();
    }

    private static String subject(Evidence evidence, PostingRecord posting) {
        return "posting " + posting.getLine() + " of " + subject(evidence);
    }

    private static String text(@Nullable Object value) {
        return value == null ? NONE : value.toString();
    }
}
