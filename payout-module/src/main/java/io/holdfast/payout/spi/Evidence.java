package io.holdfast.payout.spi;

import java.util.Optional;

/**
 * What a provider said, kept for whoever has to judge it later.
 *
 * <p>The adapter leaves out its own credentials; the recipient's number and name are masked by the engine before it is
 * stored.
 *
 * @param text as the provider sent it, cut to {@value #TEXT_MAX} characters; empty if there was no answer
 * @param alert what of it a person is to be told, in words and with the provider's own: a status or an answer that its
 *     documents do not list, or that only a mistake of ours brings about, or a fee that cannot be read as money. It decides
 *     nothing. Absent if nothing
 */
public record Evidence(String text, Optional<String> alert) {

    /** Longest text that is kept, in characters. */
    public static final int TEXT_MAX = 4_000;

    /** No answer. */
    public static final Evidence NONE = of("");

    /** Cuts what is too long; the alert to {@link Outcome#DETAIL_MAX} characters. */
    public Evidence {
        text = Texts.cut(text, TEXT_MAX);
        alert = alert.map(told -> Texts.cut(told, Outcome.DETAIL_MAX));
    }

    /** Returns what was said. */
    public static Evidence of(String text) {
        return new Evidence(text, Optional.empty());
    }

    /** Returns an answer over HTTP: its status and body. */
    public static Evidence http(int status, String body) {
        return of("HTTP " + status + (body.isEmpty() ? "" : " " + body));
    }

    /** Returns the same, of which a person is to be told this. */
    public Evidence alert(String told) {
        return new Evidence(text, Optional.of(told));
    }

    /** Returns the same with the recipient's number and name masked. */
    public Evidence masking(Recipient recipient) {
        return new Evidence(Masking.mask(text, recipient), alert.map(told -> Masking.mask(told, recipient)));
    }

    /** Returns how much was said; the text may hold personal data. */
    @Override
    public String toString() {
        return "evidence of " + text.length() + " characters";
    }
}
