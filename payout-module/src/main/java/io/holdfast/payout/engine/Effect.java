package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;

/** What a decision does to the books. */
sealed interface Effect {

    /** Returns what the cases answer for this effect. */
    <T> T match(Cases<T> cases);

    /**
     * One answer for each effect, so that the compiler finds the one that was forgotten.
     *
     * @param <T> what is answered
     */
    interface Cases<T> {

        T commit(Commit effect);

        T adopt(Adopt effect);

        T release(Release effect);

        T takeLate(TakeLate effect);

        T adoptLate(AdoptLate effect);

        T giveBack(GiveBack effect);

        T chargeFee(ChargeFee effect);

        T suspend(Suspend effect);
    }

    /** Books that the provider's float has paid. */
    sealed interface Payment extends Effect {}

    /** Spends the hold; the provider has charged a fee. */
    record Commit(String provider, Money providerFee) implements Payment {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.commit(this);
        }
    }

    /**
     * Spends the hold on what had been paid beside another attempt, its provider's fee with it.
     *
     * @param suspense where it stands, and which it leaves
     */
    record Adopt(String provider, Money providerFee, String suspense) implements Effect {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.adopt(this);
        }
    }

    /** Gives the hold back. */
    record Release() implements Effect {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.release(this);
        }
    }

    /** Takes the money from the wallet, and what it lacks from what its owner owes us. */
    record TakeLate(String provider, Money providerFee) implements Payment {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.takeLate(this);
        }
    }

    /**
     * Takes the money likewise for what had been paid beside another attempt.
     *
     * @param suspense where it stands, and which it leaves
     */
    record AdoptLate(String provider, Money providerFee, String suspense) implements Effect {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.adoptLate(this);
        }
    }

    /**
     * Gives back what the provider gave back: of the amount, of our fee, of its fee.
     *
     * @param isLate whether the money was taken late, so that the wallet need not have paid all of it
     */
    record GiveBack(String provider, Money amount, Money fee, Money providerFee, boolean isLate) implements Effect {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.giveBack(this);
        }
    }

    /** Books that the provider has charged more, or with a negative amount less. */
    record ChargeFee(String provider, Money more) implements Effect {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.chargeFee(this);
        }
    }

    /** Books what was paid, under this reference, beside what settles the payout. */
    record Suspend(String provider, Money providerFee, int attempt, String reference) implements Payment {

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.suspend(this);
        }
    }
}
