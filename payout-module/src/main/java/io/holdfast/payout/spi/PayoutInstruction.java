package io.holdfast.payout.spi;

import io.holdfast.ledger.Money;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What one provider is told to pay: one attempt of one payout. It never changes, however often it is sent.
 *
 * @param payout the payout's id
 * @param attempt which of the payout's attempts, from 1
 * @param key idempotency key at the provider, in its own {@link KeyFormat}; no other attempt has it
 * @param amount what the provider is to pay, above zero
 * @param recipient who is paid
 * @param narration what the recipient reads; empty for none
 * @param metadata the host's pairs of text, in the order of their names: where a create is prepared and written, if the
 *     provider has {@link Feature#METADATA}; empty otherwise
 */
public record PayoutInstruction(
        UUID payout,
        int attempt,
        String key,
        Money amount,
        Recipient recipient,
        String narration,
        Map<String, String> metadata) {

    /** Longest narration, in characters. */
    public static final int NARRATION_MAX = 140;

    private static final int KEY_MAX = 100;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{1," + KEY_MAX + "}");

    /**
     * Refuses an amount that is not above zero, an attempt before the first and malformed texts.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public PayoutInstruction {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempt " + attempt + ": attempts are counted from 1");
        }
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("Provider key \"" + Texts.cut(key, KEY_MAX) + "\" is not 1 to " + KEY_MAX
                    + " letters, digits and dashes");
        }
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("Payout of " + amount + ": an amount is above zero");
        }
        if (!narration.isEmpty()) {
            Texts.name("Narration", narration, NARRATION_MAX);
        }
        // Sorted, so that the same instruction is written in the same bytes.
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /**
     * Returns an instruction without metadata.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public PayoutInstruction(
            UUID payout, int attempt, String key, Money amount, Recipient recipient, String narration) {
        this(payout, attempt, key, amount, recipient, narration, Map.of());
    }

    /** Returns the same with the host's pairs of text. */
    public PayoutInstruction metadata(Map<String, String> pairs) {
        return new PayoutInstruction(payout, attempt, key, amount, recipient, narration, pairs);
    }

    /**
     * Returns our own name for this attempt, {@code <payout id>-<attempt>}, to be put where the provider keeps a client's
     * reference or metadata.
     */
    public String reference() {
        return payout + "-" + attempt;
    }
}
