package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;

/** What a decision does to the books. */
sealed interface Effect {

    /** Books that the provider's float has paid. */
    sealed interface Payment extends Effect {}

    /** Spends the hold; the provider has charged a fee. */
    record Commit(String provider, Money providerFee) implements Payment {}

    /** Spends the hold on what had been paid beside another attempt, its provider's fee with it: it leaves suspense. */
    record Adopt(String provider, Money providerFee) implements Effect {}

    /** Gives the hold back. */
    record Release() implements Effect {}

    /** Takes the money from the wallet, and what it lacks from what its owner owes us. */
    record TakeLate(String provider, Money providerFee) implements Payment {}

    /** Takes the money likewise for what had been paid beside another attempt: it leaves suspense. */
    record AdoptLate(String provider, Money providerFee) implements Effect {}

    /** Gives back what the provider gave back: of the amount, of our fee, of its fee. */
    record GiveBack(String provider, Money amount, Money fee, Money providerFee) implements Effect {}

    /** Books that the provider has charged more, or with a negative amount less. */
    record ChargeFee(String provider, Money more) implements Effect {}

    /** Books what was paid, under this reference, beside what settles the payout. */
    record Suspend(String provider, Money providerFee, int attempt, String reference) implements Payment {}
}
