package io.holdfast.payout.spi;

/**
 * What a provider said, kept for whoever has to judge it later.
 *
 * <p>The adapter leaves out its own credentials; the recipient's number and name are masked by the engine before it is
 * stored.
 *
 * @param text as the provider sent it, cut to {@value #TEXT_MAX} characters; empty if there was no answer
 */
public record Evidence(String text) {

    /** Longest text that is kept, in characters. */
    public static final int TEXT_MAX = 4_000;

    /** No answer. */
    public static final Evidence NONE = new Evidence("");

    /** Cuts what is too long. */
    public Evidence {
        text = Texts.cut(text, TEXT_MAX);
    }

    /** Returns what was said. */
    public static Evidence of(String text) {
        return new Evidence(text);
    }

    /** Returns an answer over HTTP: its status and body. */
    public static Evidence http(int status, String body) {
        return new Evidence("HTTP " + status + (body.isEmpty() ? "" : " " + body));
    }

    /** Returns the same with the recipient's number and name masked. */
    public Evidence masking(Recipient recipient) {
        return new Evidence(Masking.mask(text, recipient));
    }

    /** Returns how much was said; the text may hold personal data. */
    @Override
    public String toString() {
        return "evidence of " + text.length() + " characters";
    }
}
