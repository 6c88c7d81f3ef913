package io.holdfast.payout.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private static final int TEXTS = 20_000;
    private static final int PIECES_MAX = 12;
    private static final int NATIONAL_DIGITS = 8;

    private static final List<Recipient> RECIPIENTS = List.of(
            Recipient.MobileMoney.of("+255712345678").named("Asha Juma"),
            Recipient.MobileMoney.of("+255012012012").named("aA"),
            Recipient.MobileMoney.of("+1234567").named("x"),
            Recipient.MobileMoney.of("+11111111"),
            Recipient.MobileMoney.of("+101010101").named("İstanbul Straße Σίσυφος \uD801\uDC00"),
            new Recipient.BankAccount("CRDB", "150", "*** .+ \\E $1"),
            new Recipient.BankAccount("CRDB", "0-12", "Kk"),
            new Recipient.BankAccount("CRDB", "AB-12 34 0ab 00", "\uD801\uDC28 ıI"));

    /** What texts are made of besides pieces of the recipient's own number and name. */
    private static final List<String> NOISE = List.of(
            "0",
            "+",
            "1",
            "2",
            "7",
            "a",
            "A",
            " ",
            ".",
            "(",
            ")",
            "/",
            "-",
            "\"",
            ":",
            "K",
            "ſ",
            "ß",
            "SS",
            "ς",
            "σ",
            "İ",
            "i",
            "I",
            "ı",
            "\uD801\uDC00",
            "\uD801",
            "\uDC28",
            "\u212A",
            "é",
            "\n",
            "***");

    @Test
    void numbers_are_masked_with_a_country_code_or_a_zero_or_neither_and_with_punctuation_between() {
        Recipient recipient = Recipient.MobileMoney.of("+255712345678");

        assertThat(List.of("+255712345678", "255 712/345.678", "0712345678", "712-345-678", "12345678", "x0012345678y"))
                .extracting(text -> Masking.mask("to " + text + ", 5000", recipient))
                .containsExactly(
                        "to +255***678, 5000",
                        "to 255***678, 5000",
                        "to 07***678, 5000",
                        "to 7***678, 5000",
                        "to ***678, 5000",
                        "to x0***678y, 5000");
    }

    @Test
    void what_stands_behind_a_number_is_kept() {
        Recipient recipient = Recipient.MobileMoney.of("+255754990025");

        assertThat(List.of("255754990025 says", "+255754990025) no", "0754990025/1", "+255 754 990 025."))
                .extracting(text -> Masking.mask(text, recipient))
                .containsExactly("255***025 says", "+255***025) no", "07***025/1", "+255***025.");
        assertThat(Masking.mask("account 12-34, not 1234 5", new Recipient.BankAccount("CRDB", "1234", "Asha")))
                .isEqualTo("account ***, not *** 5");
    }

    @Test
    void what_names_nobody_stays_as_it_is() {
        Recipient recipient = Recipient.MobileMoney.of("+255712345678").named("Asha Juma");

        assertThat(List.of("", "HTTP 200", "+25571234567", "Asha", "7123  45678"))
                .allSatisfy(text -> assertThat(Masking.mask(text, recipient)).isSameAs(text));
    }

    @Test
    void any_text_is_masked_as_the_patterns_of_numbers_and_names_say() {
        Random random = new Random(812);

        for (int i = 0; i < TEXTS; i++) {
            Recipient recipient = RECIPIENTS.get(random.nextInt(RECIPIENTS.size()));
            String text = text(random, recipient);
            assertThat(Masking.mask(text, recipient))
                    .as("Of %s in \"%s\"", recipient, text)
                    .isEqualTo(byPattern(text, recipient));
        }
    }

    @Test
    void numbers_names_and_secrets_are_masked_as_json_escapes_them_and_nothing_else_is_touched() {
        Recipient recipient = Recipient.MobileMoney.of("+255712345678").named("José \"Ché\" O/Neill");

        assertThat(Masking.mask(
                        "{\"a\":\"\\u002b255\\/7\\u00312345678\",\"b\":\"JOS\\u00C9 \\\"ch\\u00e9\\\" o\\/neill\",\"c\":\"\\u00e9\\n\"}",
                        recipient))
                .isEqualTo("{\"a\":\"+255***678\",\"b\":\"***\",\"c\":\"\\u00e9\\n\"}");
        assertThat(Masking.hide("key=a/b, \"a\\/b\", \"\\u0061\\u002Fb\", ab", "a/b"))
                .isEqualTo("key=***, \"***\", \"***\", ab");
    }

    @Test
    void nothing_personal_is_left_in_any_text_however_json_escapes_it() {
        List<Recipient> recipients = List.of(
                Recipient.MobileMoney.of("+255712345678").named("José \"Ché\" O/Neill"),
                Recipient.MobileMoney.of("+255076543210").named("\\Asha\\Juma\\"),
                new Recipient.BankAccount("CRDB", "AB-12 34 0ab 00", "\uD801\uDC00 n\u0131 \\u0041 \u00df"));
        Random random = new Random(4_711);

        for (int i = 0; i < TEXTS; i++) {
            Recipient recipient = recipients.get(random.nextInt(recipients.size()));
            String text = text(random, recipient);
            String escaped = text;
            int levels = random.nextInt(3);
            for (int level = 0; level < levels; level++) {
                escaped = escaped(random, escaped);
            }

            String masked = Masking.mask(escaped, recipient);

            for (int level = 0; level < levels; level++) {
                masked = unescaped(masked);
            }
            assertThat(masked)
                    .as("Of %s in \"%s\", escaped \"%s\"", recipient, text, escaped)
                    .isEqualTo(byPattern(masked, recipient));
        }
    }

    private static String escaped(Random random, String text) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            boolean isPlain = character != '"' && character != '\\' && character != '\n';
            if (random.nextInt(3) == 0 || character == '\n') {
                String code = String.format("%04x", (int) character);
                escaped.append("\\u").append(random.nextBoolean() ? code : code.toUpperCase(Locale.ROOT));
            } else if (!isPlain || (character == '/' && random.nextBoolean())) {
                escaped.append('\\').append(character);
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(?:u([0-9A-Fa-f]{4})|([\"\\\\/]))")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? found.group(2)
                                : Character.toString((char) Integer.parseInt(found.group(1), 16))));
    }

    private static String text(Random random, Recipient recipient) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(PIECES_MAX); pieces > 0; pieces--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(punctuated(random, part(random, recipient.address())));
                case 1 -> text.append(part(random, recipient.name().toUpperCase(Locale.ROOT)));
                case 2 -> text.append(part(random, recipient.name()));
                default -> text.append(NOISE.get(random.nextInt(NOISE.size())));
            }
        }
        return text.toString();
    }

    /** Returns most often the whole, else what remains of it without a few characters at one end. */
    private static String part(Random random, String whole) {
        int from = random.nextInt(3) == 0 && !whole.isEmpty() ? random.nextInt(whole.length()) : 0;
        return whole.substring(
                from, random.nextInt(5) == 0 ? from + random.nextInt(whole.length() - from + 1) : whole.length());
    }

    private static String punctuated(Random random, String digits) {
        return digits.chars()
                .mapToObj(digit -> Character.toString(digit)
                        + (random.nextInt(12) == 0 ? NOISE.get(random.nextInt(NOISE.size())) : ""))
                .collect(Collectors.joining());
    }

    /** What is masked, said by patterns. */
    private static String byPattern(String text, Recipient recipient) {
        String digits = recipient.address().replaceAll("[^A-Za-z0-9]", "");
        int national = Math.max(0, digits.length() - NATIONAL_DIGITS);
        String last = digits.substring(digits.length() - 1);
        String number = "(?:(\\+)?(" + punctuated(digits.substring(0, national)) + ")|0?)"
                + punctuated(digits.substring(national, digits.length() - 1)) + last;
        String alone = digits.length() < NATIONAL_DIGITS ? "(?<![A-Za-z0-9])" + number + "(?![A-Za-z0-9])" : number;
        String full = Masking.masked(recipient.address());
        String bare = full.substring(full.indexOf('*'));
        String masked = Pattern.compile("(?i)" + alone)
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) != null ? full : found.group(2) != null ? full.replace("+", "") : bare));
        return recipient.name().length() < 2
                ? masked
                : Pattern.compile(Pattern.quote(recipient.name()), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(masked)
                        .replaceAll("***");
    }

    private static String punctuated(String characters) {
        return characters
                .chars()
                .mapToObj(character -> Character.toString(character) + "[ .()/-]?")
                .collect(Collectors.joining());
    }
}
