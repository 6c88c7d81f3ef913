package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.BANK;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.DocumentReference;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every text that is taken comes back as it was, through arrays, JSON and SQL, and hashes alike on both sides. */
class TextsTest {

    private static final List<String> AWKWARD = List.of(
            "NULL",
            "null",
            "",
            " ",
            "{}",
            "{\"a\":1}",
            "{a,b}",
            "\"",
            "\\",
            "\\\\",
            "\\u0041",
            "\\\"",
            "'",
            "''; drop table posting; --",
            "a,b",
            "line\nbreak\r\n\ttab",
            "\u0001\u001f\u007f\u0085\u009f",
            "\u2028\u2029\u200b\ufeff",
            "\ud83d\udcb8\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
            "\u0645\u0631\u062d\u0628\u0627 \u4f60\u597d",
            "e\u0301",
            "${x} %s %n {0} ?",
            "/* */ $body$ $$",
            "\ufffe\uffff\ufffd");

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice");

    @Test
    void awkward_texts_come_back_unchanged_one_by_one() {
        for (int i = 0; i < AWKWARD.size(); i++) {
            JournalEntry entry = entry("one-" + i, AWKWARD.get(i));

            RecordedEntry recorded = ledger.post(entry);

            assertThat(ledger.entry(EntryReference.of(recorded.id()))).contains(recorded);
            assertThat(recorded.description()).isEqualTo(entry.details().description());
            assertThat(ledger.post(entry)).isEqualTo(recorded);
        }
        scene.assertSound();
    }

    @Test
    void awkward_texts_come_back_unchanged_all_in_one_batch() {
        List<JournalEntry> entries = new ArrayList<>();
        for (int i = 0; i < AWKWARD.size(); i++) {
            entries.add(entry("batch-" + i, AWKWARD.get(i)));
        }

        List<RecordedEntry> recorded =
                ledger.execute(entries).stream().map(TestLedger::recorded).toList();

        for (RecordedEntry one : recorded) {
            assertThat(ledger.entry(EntryReference.of(one.key()))).contains(one);
        }
        scene.assertSound();
    }

    @Test
    void awkward_keys_and_actors_are_kept_the_actors_without_space_around() {
        List<String> keys =
                List.of("NULL", "{}", "\"", "\\", "a,b", "'", "\ud83d\udcb8", "\u00e9", "E\u0301", "x ", " x", "x");
        for (String key : keys) {
            ledger.as(key).post(entry(key, "of " + key));
        }

        for (String key : keys) {
            RecordedEntry entry = ledger.entry(EntryReference.of(Key.of(key))).orElseThrow();
            assertThat(entry.description())
                    .isEqualTo(entry("k", "of " + key).details().description());
            assertThat(entry.actor())
                    .isEqualTo(Key.of(key).value().strip())
                    .isEqualTo(ledger.as(key).actor());
        }
        scene.assertSound();
    }

    @Test
    void random_texts_hash_alike_in_java_and_sql() {
        Random random = new Random(11);
        List<JournalEntry> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            entries.add(entry("random-" + i, text(random)));
        }

        ledger.execute(entries);

        scene.assertSound();
    }

    private JournalEntry entry(String key, String text) {
        Details details = Details.NONE
                .describedAs(text)
                .metadata("plain", text)
                .metadata("k" + text.replaceAll("\\p{Cc}", ""), "v")
                .document(new DocumentReference("d" + text.replaceAll("\\p{Cc}", ""), "0f".repeat(32)));
        return JournalEntry.of(key)
                .with(details)
                .posting(Posting.debit(BANK.path(), ugx(1)).describedAs(text))
                .credit(wallet.path(), ugx(1))
                .build();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int codePoint = random.nextInt(4) == 0 ? random.nextInt(0x10ffff) : random.nextInt(0x250);
            if (codePoint != 0 && (codePoint < 0xd800 || codePoint > 0xdfff)) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }
}
