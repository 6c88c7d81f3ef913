package io.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetailsTest {

    private static final String DIGEST = "ab".repeat(32);

    @Test
    void a_description_of_ten_megabytes_is_refused_with_a_short_message() {
        String tenMegabytes = "x".repeat(10 << 20);

        assertThatThrownBy(() -> Details.NONE.describedAs(tenMegabytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Description has 10485760 characters, at most 1000 are kept")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
        assertThatThrownBy(() -> Posting.debit("assets:a", Money.ofMinor(Currency.of("UGX"), 1))
                        .describedAs(tenMegabytes))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_description_of_1000_characters_is_kept_unless_it_grows_in_normal_form_c() {
        assertThat(Details.NONE.describedAs("x".repeat(1_000)).description()).hasSize(1_000);
        assertThatThrownBy(() -> Details.NONE.describedAs("\ufb2c".repeat(1_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1000");
    }

    @Test
    void texts_are_brought_to_normal_form_c() {
        Details details = Details.NONE.describedAs("cafe\u0301").metadata("cle\u0301", "e\u0301");

        assertThat(details.description()).isEqualTo("caf\u00e9");
        assertThat(details.metadata()).isEqualTo(Map.of("cl\u00e9", "\u00e9"));
    }

    @Test
    void what_postgresql_cannot_keep_is_refused() {
        assertThatThrownBy(() -> Details.NONE.describedAs("a\u0000b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Description holds the character U+0000, which PostgreSQL cannot keep");
        assertThatThrownBy(() -> Details.NONE.metadata("k", "a\u0000b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Details.NONE.describedAs("half \ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half a surrogate pair");
        assertThatThrownBy(() -> Details.NONE.metadata("k", "\udcb8 half"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Details.NONE.metadata("k\ud83d", "v")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void metadata_has_at_most_50_pairs_with_keys_of_64_and_values_of_500_characters() {
        Map<String, String> fifty = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            fifty.put("k" + i, "v");
        }
        Details full = Details.NONE.withMetadata(fifty);

        assertThat(full.metadata()).hasSize(50);
        assertThatThrownBy(() -> full.metadata("one more", "v")).hasMessageContaining("51 pairs, at most 50");
        assertThatThrownBy(() -> Details.NONE.metadata("k".repeat(65), "v"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Details.NONE.metadata("k", "v".repeat(501)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Details.NONE.metadata(" ", "v")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Details.NONE.metadata("k".repeat(64), "v".repeat(500)).metadata())
                .hasSize(1);
        assertThat(Details.NONE.metadata("empty value", "").metadata()).containsEntry("empty value", "");
    }

    @Test
    void two_metadata_keys_that_are_one_word_are_refused_and_one_given_again_takes_the_later_value() {
        assertThatThrownBy(() -> Details.NONE.withMetadata(Map.of("caf\u00e9", "1", "cafe\u0301", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two keys that are the same text");
        assertThat(Details.NONE.metadata("k", "1").metadata("k", "2").metadata())
                .isEqualTo(Map.of("k", "2"));
    }

    @Test
    void documents_carry_a_sha_256_in_lower_case_and_there_are_at_most_20() {
        DocumentReference document = new DocumentReference("invoice-7.pdf", DIGEST.toUpperCase(java.util.Locale.ROOT));
        Details full = Details.NONE;
        for (int i = 0; i < 20; i++) {
            full = full.document(document);
        }
        Details twenty = full;

        assertThat(document.sha256()).isEqualTo(DIGEST);
        assertThat(twenty.documents()).hasSize(20);
        assertThatThrownBy(() -> twenty.document(document)).hasMessageContaining("21 documents, at most 20");
        for (String digest : List.of("", "ab", DIGEST + "a", "g" + DIGEST.substring(1))) {
            assertThatThrownBy(() -> new DocumentReference("r", digest)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new DocumentReference("", DIGEST)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void business_dates_lie_in_the_years_1900_to_9999() {
        assertThat(Details.NONE.effectiveOn(LocalDate.of(1900, 1, 1)).effectiveOn())
                .contains(LocalDate.of(1900, 1, 1));
        for (LocalDate date : List.of(LocalDate.MIN, LocalDate.of(1899, 12, 31), LocalDate.MAX)) {
            assertThatThrownBy(() -> Details.NONE.effectiveOn(date))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Effective date " + date + ": dates lie in the years 1900 to 9999");
        }
    }

    @Test
    void nothing_given_to_details_can_be_changed_afterwards() {
        Map<String, String> given = new HashMap<>(Map.of("k", "v"));
        Details details = new Details(Optional.empty(), "", given, List.of(), false);

        given.put("later", "v");

        assertThat(details.metadata()).isEqualTo(Map.of("k", "v"));
        assertThatThrownBy(() -> details.metadata().put("k", "w")).isInstanceOf(UnsupportedOperationException.class);
    }
}
