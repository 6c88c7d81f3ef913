package io.holdfast.payout;

import io.holdfast.ledger.Money;
import io.holdfast.ledger.Times;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a person found out about a payout that is in review or has ended, by other ways than this engine's.
 *
 * <pre>{@code
 * Resolution.succeeded("Statement of 3 March, line 17").reference("FT26063XYZ").fee(Money.ofMinor(UGX, 100))
 * }</pre>
 *
 * @param verdict what became of the payout
 * @param evidence how it is known, 1 to {@value #EVIDENCE_MAX} characters; kept for ever, the recipient masked
 * @param reference the provider's, if the person found one
 * @param fee what the provider charged for it in all, if the person found out; in the payout's currency
 * @param on the provider's date of it, on which it is booked, if the person found one; neither before the payout was
 *     requested nor to come
 */
public record Resolution(
        Verdict verdict, String evidence, Optional<String> reference, Optional<Money> fee, Optional<LocalDate> on) {

    /** Longest evidence, in characters. */
    public static final int EVIDENCE_MAX = Evidence.TEXT_MAX;

    private static final int FEE_DIGITS_MAX = Money.DIGITS_MAX - 1;
    private static final BigInteger FEE_LIMIT = BigInteger.TEN.pow(FEE_DIGITS_MAX);

    /** What became of a payout. */
    public enum Verdict {
        /** The recipient was paid, and what is held pays for it; what is not held any more is taken from the wallet. */
        SUCCEEDED,
        /** The recipient was not paid and will not be, or all of it came back; the wallet has its money again. */
        FAILED
    }

    /**
     * Refuses missing, overlong or malformed evidence, a malformed reference, a fee below zero or of more than 37 digits, to
     * which no amount could be added, and a date that is not in the years 1900 to 9999.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public Resolution {
        if (evidence.isBlank()
                || evidence.length() > EVIDENCE_MAX
                || evidence.indexOf('\0') >= 0
                || !References.isWhole(evidence)) {
            throw new IllegalArgumentException("A resolution's evidence of " + evidence.length()
                    + " characters: say how it is known, in 1 to " + EVIDENCE_MAX + " characters");
        }
        reference.ifPresent(Resolution::checkReference);
        fee.ifPresent(Resolution::checkFee);
        on.ifPresent(date -> Times.check("A resolution on", date));
    }

    /** Says that the recipient was paid. */
    public static Resolution succeeded(String evidence) {
        return new Resolution(Verdict.SUCCEEDED, evidence, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Says that the recipient was not paid and will not be, or that all of it came back. */
    public static Resolution failed(String evidence) {
        return new Resolution(Verdict.FAILED, evidence, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the same with the provider's reference. */
    public Resolution reference(String value) {
        return new Resolution(verdict, evidence, Optional.of(value), fee, on);
    }

    /** Returns the same with what the provider charged in all. */
    public Resolution fee(Money value) {
        return new Resolution(verdict, evidence, reference, Optional.of(value), on);
    }

    /** Returns the same with the provider's date. */
    public Resolution on(LocalDate date) {
        return new Resolution(verdict, evidence, reference, fee, Optional.of(date));
    }

    private static void checkFee(Money fee) {
        if (fee.isNegative()) {
            throw new IllegalArgumentException("A provider's fee of " + fee + " is below zero");
        } else if (fee.minor().compareTo(FEE_LIMIT) >= 0) {
            throw new IllegalArgumentException(
                    "A provider's fee of " + fee + " has more than " + FEE_DIGITS_MAX + " digits");
        }
    }

    private static void checkReference(String reference) {
        if (!References.isOne(reference)) {
            throw new IllegalArgumentException("A provider's reference has 1 to " + Outcome.REFERENCE_MAX
                    + " characters and no control characters");
        }
    }
}
