package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fees that depend on how much is paid.
 *
 * @param mode whether the whole amount pays by one tier, or each part of it by its own
 * @param tiers from the smallest amounts to the largest; all but the last end somewhere; none for no such fees
 */
public record FeeTiers(Mode mode, List<Tier> tiers) {

    /** No such fees. */
    public static final FeeTiers NONE = new FeeTiers(Mode.BRACKET, List.of());

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** How tiers are applied. */
    public enum Mode {
        /** The whole amount pays by the tier in which it lies. */
        BRACKET,
        /** Each part of the amount pays by the tier in which that part lies; fixed parts of all tiers reached add up. */
        GRADUATED
    }

    /**
     * One tier.
     *
     * @param upTo the largest amount in it; absent for the last tier
     * @param fixed not below zero
     * @param percent 0 to 100, at most 4 decimals
     */
    public record Tier(Optional<Money> upTo, Money fixed, BigDecimal percent) {

        /**
         * Refuses what no part of a fee can be.
         *
         * @throws IllegalArgumentException with the value and the rule
         */
        public Tier {
            FeeSchedule.checkPart(fixed.currency(), fixed);
            upTo.ifPresent(end -> FeeSchedule.checkPart(fixed.currency(), end));
            percent = FeeSchedule.checkedPercent(percent);
        }
    }

    /**
     * Refuses tiers that do not grow, end too early or not at all, or have several currencies.
     *
     * @throws IllegalArgumentException with the tiers and the rule
     */
    public FeeTiers {
        tiers = List.copyOf(tiers);
        for (int i = 0; i < tiers.size(); i++) {
            Tier tier = tiers.get(i);
            boolean isLast = i == tiers.size() - 1;
            if (tier.upTo().isEmpty() != isLast) {
                throw new IllegalArgumentException(
                        "Tier " + (i + 1) + " of " + tiers.size() + ": the last has no end, and all others have one");
            }
            if (i > 0) {
                Money before = tiers.get(i - 1).upTo().orElseThrow();
                FeeSchedule.checkPart(before.currency(), tier.fixed());
                if (tier.upTo().filter(end -> end.compareTo(before) <= 0).isPresent()) {
                    throw new IllegalArgumentException("Tier " + (i + 1) + " ends at "
                            + tier.upTo().get() + ", and the one before at " + before + ": ends grow");
                }
            }
        }
    }

    /**
     * Begins tiers of which the whole amount pays by the one in which it lies.
     *
     * <pre>{@code
     * FeeTiers.bracket()
     *         .upTo(Money.parse("UGX 10000"), Money.parse("UGX 200"), BigDecimal.ZERO)
     *         .rest(Money.parse("UGX 0"), new BigDecimal("1.5"))
     * }</pre>
     */
    public static Builder bracket() {
        return new Builder(Mode.BRACKET);
    }

    /** Begins tiers of which each part of the amount pays by its own. */
    public static Builder graduated() {
        return new Builder(Mode.GRADUATED);
    }

    /** Returns what an amount pays by its tiers, before rounding. */
    BigDecimal exact(Money amount) {
        return mode == Mode.BRACKET ? bracket(amount) : graduated(amount);
    }

    /** Refuses tiers of another currency. */
    void check(Currency currency) {
        tiers.forEach(tier -> FeeSchedule.checkPart(currency, tier.fixed()));
    }

    private BigDecimal bracket(Money amount) {
        return tiers.stream()
                .filter(tier ->
                        tier.upTo().filter(end -> amount.compareTo(end) > 0).isEmpty())
                .findFirst()
                .map(tier -> share(tier, amount.toDecimal()).add(tier.fixed().toDecimal()))
                .orElse(BigDecimal.ZERO);
    }

    private BigDecimal graduated(Money amount) {
        BigDecimal fee = BigDecimal.ZERO;
        Money begin = Money.zero(amount.currency());
        for (Tier tier : tiers) {
            if (amount.compareTo(begin) > 0) {
                Money start = begin;
                Money end =
                        tier.upTo().filter(limit -> amount.compareTo(limit) > 0).orElse(amount);
                fee = fee.add(tier.fixed().toDecimal())
                        .add(share(tier, end.minus(start).toDecimal()));
                begin = end;
            }
        }
        return fee;
    }

    private static BigDecimal share(Tier tier, BigDecimal amount) {
        return amount.multiply(tier.percent()).divide(HUNDRED);
    }

    /** Names tiers one by one, from the smallest amounts on. Not safe for use by several threads. */
    public static final class Builder {

        private final Mode mode;
        private final List<Tier> tiers = new ArrayList<>();

        private Builder(Mode mode) {
            this.mode = mode;
        }

        /**
         * Adds the tier of amounts up to this one.
         *
         * @throws IllegalArgumentException if a part is none of a fee, see {@link Tier}
         */
        public Builder upTo(Money largest, Money fixed, BigDecimal percent) {
            tiers.add(new Tier(Optional.of(largest), fixed, percent));
            return this;
        }

        /**
         * Adds the tier of all larger amounts and returns the tiers.
         *
         * @throws IllegalArgumentException if a part is none of a fee, see {@link Tier}, or the tiers do not grow or have
         *     several currencies
         */
        public FeeTiers rest(Money fixed, BigDecimal percent) {
            List<Tier> all = new ArrayList<>(tiers);
            all.add(new Tier(Optional.empty(), fixed, percent));
            return new FeeTiers(mode, all);
        }
    }
}
