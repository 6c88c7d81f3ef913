package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tables stay straight whatever people are called, and show what a terminal can take. */
class TextTableTest {

    @Test
    void columns_are_as_wide_as_a_terminal_shows_them() {
        String table = new TextTable("NAME", ">N")
                .row("\u859a\u6c34", 1)
                .row("Zoe\u0308", 22)
                .row("Zo\u00eb", 333)
                .row("\ud83d\udc69\u200d\ud83c\udf3e ok", 4)
                .row("\uff76\uff85", 5)
                .toString();

        assertThat(table).isEqualTo("""
                NAME     N
                \u859a\u6c34     1
                Zoe\u0308     22
                Zo\u00eb    333
                \ud83d\udc69\u200d\ud83c\udf3e ok    4
                \uff76\uff85       5
                """);
    }

    @Test
    void nothing_breaks_a_line_steers_the_terminal_or_turns_the_order_of_what_is_read() {
        assertThat(new TextTable("A")
                        .row("x\n\u001b[2J\u009b\u202ey\u2066\u2028z")
                        .toString())
                .isEqualTo("A\nx??[2J??y??z\n");
    }

    @Test
    void what_may_be_too_long_for_a_column_stands_below_its_row() {
        assertThat(new TextTable("A", "B")
                        .row(1, 2)
                        .below("long\nline")
                        .below("")
                        .row(3, 4)
                        .toString())
                .isEqualTo("A  B\n1  2\n    long?line\n3  4\n");
    }

    @Test
    void what_stands_below_a_row_is_wrapped_at_80_columns() {
        assertThat(new TextTable("A").row(1).below("word ".repeat(20).strip()).toString())
                .isEqualTo("A\n1\n" + ("    " + "word ".repeat(15).strip() + "\n") + "    word word word word word\n");
    }

    @Test
    void what_is_too_wide_is_cut_in_the_middle() {
        assertThat(TextWidth.middle("abcdefghij", 10)).isEqualTo("abcdefghij");
        assertThat(TextWidth.middle("abcdefghijk", 10)).isEqualTo("abcde…hijk");
        assertThat(TextWidth.middle("\u859a\u6c34\u859a\u6c34\u859a\u6c34", 8)).isEqualTo("\u859a\u6c34…\u6c34");
        assertThat(TextWidth.middle("e\u0308".repeat(9), 4)).isEqualTo("e\u0308e\u0308…e\u0308");
    }

    @Test
    void an_instant_is_shown_to_the_second() {
        assertThat(new TextTable("AT")
                        .row(Instant.parse("2026-03-02T08:00:00.123456Z"))
                        .toString())
                .isEqualTo("AT\n2026-03-02T08:00:00Z\n");
    }

    @Test
    void long_text_is_wrapped_at_80_columns_and_a_command_is_left_whole() {
        String text = "word ".repeat(14) + "then `holdfast payout show KEY`, and so on";

        assertThat(TextWidth.wrapped(text, 4))
                .isEqualTo("word ".repeat(14) + "then\n    `holdfast payout show KEY`, and so on\n");
        assertThat(TextWidth.wrapped("short  enough", 4)).isEqualTo("short  enough\n");
    }
}
