package io.holdfast.payout.spi;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.time.Duration;
import java.util.Optional;

/**
 * One payout provider, as the payout engine sees it.
 *
 * <p>The engine calls {@link #prepare} and {@link #create}, stores what both returned, and only then calls {@link #send};
 * after a doubtful answer it may send the very same bytes again, if {@link Resend} says so. It never holds a
 * database transaction open meanwhile.
 *
 * <p>Implementations are safe for use by any number of threads, keep nothing between calls that matters, never repeat a
 * create on their own, and follow no redirect of a create. They bound each whole exchange, the answer's body included,
 * by {@link #exchangeTimeout}. Methods that do I/O turn whatever happens into their result; if one throws all the same,
 * the engine learns nothing, which for {@link #send} and {@link #lookup} is {@link Outcome.Unknown}.
 */
public interface PayoutProvider {

    /** Returns the provider's name in configuration, account paths and rows: lower-case letters, digits and dashes. */
    String name();

    /** Returns what the provider can do. It does not change while the engine runs. */
    Capabilities capabilities();

    /** Returns how long one call on this provider may take at most, above zero. The engine's lease is longer. */
    Duration exchangeTimeout();

    /**
     * Returns why an instruction cannot be carried out, as far as that shows without asking: a phone number of another
     * country, a bank that the provider does not know. Channel, currency, decimals and limits are checked by the engine.
     * Does no I/O.
     */
    default Optional<Objection> objection(Money amount, Recipient recipient) {
        return Optional.empty();
    }

    /** Makes the call that the provider needs before a create, if it has {@link Feature#PREPARATION}. Moves no money. */
    default Preparation prepare(PayoutInstruction instruction) {
        return Preparation.NOTHING;
    }

    /**
     * Returns the create of an instruction. Does no I/O, and returns the same for the same arguments.
     *
     * @throws IllegalArgumentException if the instruction cannot be written; then nothing was sent
     */
    CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation);

    /** Sends a create, once: exactly the method, path and body given, under the instruction's key. */
    Outcome send(PayoutInstruction instruction, CreateRequest request);

    /**
     * Asks what became of a payout. {@link Outcome.Accepted} means that it is still undecided.
     *
     * @param reference the provider's, from an earlier outcome
     */
    Outcome lookup(PayoutInstruction instruction, String reference);

    /** Returns one page of the provider's payouts, in whatever order it has. */
    default Answer<ListPage> list(ListQuestion question) {
        return new Answer.NotOffered<>();
    }

    /**
     * Returns what the provider would charge for paying an amount to a recipient, if it has {@link Feature#FEE}. Moves no
     * money.
     */
    default Answer<ProviderFee> fee(Money amount, Recipient recipient) {
        return new Answer.NotOffered<>();
    }

    /** Returns what we have prefunded in a currency and can still pay out. */
    default Answer<Money> balance(Currency currency) {
        return new Answer.NotOffered<>();
    }

    /** Returns which operators the provider can pay to now, and which it cannot. */
    default Answer<Availability> availability() {
        return new Answer.NotOffered<>();
    }

    /**
     * Reads a call of the provider to us: checks signature and age and says what it proves. Does no I/O and returns the
     * same for the same delivery, so copies are told apart by whoever asks.
     */
    default WebhookNotice webhook(WebhookDelivery delivery) {
        return new WebhookNotice.Refused(name() + " does not call back");
    }
}
