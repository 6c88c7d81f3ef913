package io.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTest {

    @Test
    void equal_words_are_one_key_however_they_were_typed() {
        Key composed = Key.of("caf\u00e9");
        Key decomposed = Key.of("cafe\u0301");

        assertThat(decomposed).isEqualTo(composed);
        assertThat(Key.of("Caf\u00e9")).isNotEqualTo(composed);
    }

    @Test
    void a_key_has_1_to_200_characters() {
        assertThat(Key.of("k".repeat(200)).value()).hasSize(200);
        assertThatThrownBy(() -> Key.of("k".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Key has 201 characters, at most 200 are kept");
        for (String blank : List.of("", " ", "\u2003")) {
            assertThatThrownBy(() -> Key.of(blank)).hasMessageContaining("Key is empty");
        }
    }

    @Test
    void a_key_that_grows_beyond_200_characters_in_normal_form_c_is_refused() {
        String growsThreefold = "\ufb2c".repeat(200);

        assertThatThrownBy(() -> Key.of(growsThreefold))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 200");
    }

    @Test
    void control_characters_and_broken_text_are_refused() {
        for (String wrong : List.of("a\nb", "a\tb", "a\u0000b", "a\u007fb", "a\u0085b", "a\ud800b", "\udc00")) {
            assertThatThrownBy(() -> Key.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Key.of("\ud83d\udcb8").value()).isEqualTo("\ud83d\udcb8");
    }

    @Test
    void keys_of_holdfasts_own_are_not_for_callers() {
        assertThatThrownBy(() -> Key.of("holdfast:expire:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which is Holdfast's own");
        assertThat(Key.reserved("payout", "p1:hold").value()).isEqualTo("holdfast:payout:p1:hold");
        assertThat(Key.of("Holdfast:x").value()).isEqualTo("Holdfast:x");
    }
}
