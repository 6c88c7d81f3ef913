package io.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActorsTest {

    @Test
    void blanks_and_how_letters_are_composed_make_no_other_name() {
        for (String name : List.of(
                "Zoë May",
                " Zoë May ",
                "Zoë  May",
                "Zoë\u00a0May",
                "Zoë \u3000\u2007May\u00a0",
                "\u202fZoë\u2003May",
                "Zoe\u0308 May",
                "Zoe\u0308\u1680May")) {
            assertThat(Actors.checked(name)).isEqualTo("Zoë May");
            assertThat(Actors.areSame(name, "Zoë May")).isTrue();
        }
    }

    @Test
    void what_one_sees_makes_another_name() {
        assertThat(Actors.checked("ann")).isEqualTo("ann");
        for (String other : List.of("Ann", "an n", "ann.", "änn")) {
            assertThat(Actors.checked(other)).isEqualTo(other);
            assertThat(Actors.areSame("ann", other)).isFalse();
        }
    }

    @Test
    void what_nobody_sees_is_refused_and_makes_no_other_name_where_it_was_recorded_before() {
        for (String name : List.of(
                "a\0nn",
                "ann\n",
                "a\tnn",
                "ann\u0085",
                "ann\u009f",
                "a\u00adnn",
                "ann\u200b",
                "a\u200dnn",
                "\u202eann",
                "ann\u2028",
                "ann\u2029",
                "ann\u2060",
                "\ufeffann",
                "ann\ufe0f",
                "ann\u034f",
                "ann\u3164",
                "ann\u2800",
                "ann\u180b",
                "ann\udb40\udc61",
                "ann\udb40\udd00",
                "ann\ud83d",
                "\ude00ann")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Actors.checked(name))
                    .withMessageMatching(
                            "The name \"\\??[an?]+\" holds the character U\\+[0-9A-F]{4,5}: a name has 1 to 100"
                                    + " characters, none of which is a control character or cannot be seen");
            assertThat(Actors.areSame("ann", name)).isTrue();
            assertThat(Actors.areSame(name, "ann")).isTrue();
        }
    }

    @Test
    void a_name_has_1_to_100_characters() {
        assertThat(Actors.checked("n".repeat(100))).hasSize(100);
        for (String wrong : List.of("", " ", "\u2003\u00a0", "n".repeat(101), "\ufb2c".repeat(100))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Actors.checked(wrong))
                    .withMessageContaining("a name has 1 to 100 characters");
        }
    }
}
