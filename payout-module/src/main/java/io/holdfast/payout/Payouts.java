package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The payouts of one ledger, as a host sees them. No method here calls a provider; a {@link PayoutProcessor} does.
 *
 * <p>Safe for use by any number of threads, except payouts from {@link #within}, which belong to their connection's
 * thread. What the database itself reports passes through unchanged as the runtime exception of the implementation's
 * database library, and then nothing was written.
 */
public interface Payouts {

    /** The most requests that are taken down at once. */
    int REQUESTS_MAX = 500;

    /** The most requests that are checked at once. */
    int CHECKS_MAX = 100_000;

    /** The longest note on an item, in characters. */
    int NOTE_MAX = 1_000;

    /**
     * Returns these payouts in the host's transaction: what it writes is there once the host commits, and was never there
     * if the host rolls back. It never commits, rolls back or changes isolation; it sets savepoints. Above read committed
     * a request or a confirmation may fail with the SQL state 40001, as any statement there: the host then begins again.
     *
     * @throws IllegalArgumentException if the connection is in auto-commit mode
     */
    Payouts within(Connection connection);

    /**
     * Returns these payouts in the name of a person. The host vouches for the name: two names that differ, other than by space
     * around them, are two people.
     *
     * <p>Without this, everybody has the name of the engine's actor, {@code payouts} unless its builder says otherwise. Whoever
     * requests a payout so cannot approve it so, and whoever resolves one so cannot confirm that.
     *
     * @throws IllegalArgumentException if the name is empty or longer than 100 characters
     */
    Payouts as(String actor);

    /**
     * Takes down a payout and sets amount and fee aside on the wallet, together. Repeated under the same key with the same
     * content it returns the payout as it stands now.
     *
     * @throws PayoutRefusedException if a rule of payouts says no: {@link PayoutRefusal.KeyConflict}, {@link
     *     PayoutRefusal.InvalidRecipient}, {@link PayoutRefusal.QuoteNotFound}, {@link PayoutRefusal.QuoteDiffers}, {@link
     *     PayoutRefusal.QuoteUsed}, {@link PayoutRefusal.QuoteExpired}, {@link PayoutRefusal.NoRoute}, {@link PayoutRefusal.AmountOutOfRange}, {@link PayoutRefusal.TestMode}, {@link
     *     PayoutRefusal.DuplicatePayout} or {@link PayoutRefusal.LimitExceeded}
     * @throws io.holdfast.ledger.RefusedException if the ledger refuses the hold
     */
    Payout request(PayoutRequest request);

    /**
     * Returns what a payout costs that is requested {@linkplain PayoutRequest#quoted by this quote} within 15 minutes. Sets
     * nothing aside.
     *
     * @throws PayoutRefusedException as {@link #request}; limits by wallet and recipient and the guard against the same payout
     *     twice are not asked
     * @throws io.holdfast.ledger.RefusedException if the ledger has no such wallet
     */
    PayoutQuote quote(QuoteRequest request);

    /**
     * Takes down payouts as {@link #request} does, in one transaction, and in further ones those that the others decide. One
     * that is refused does not keep the others from being taken down.
     *
     * @param requests at most {@value #REQUESTS_MAX}
     * @return one result for each request, in order
     * @throws IllegalArgumentException if there are more
     */
    List<RequestResult> requestAll(List<PayoutRequest> requests);

    /**
     * Takes down that whoever these payouts are {@linkplain #as in the name of} agrees to a payout. With the last agreement
     * that it takes the payout goes on its way. Repeated once it has, it returns the payout.
     *
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound}; with {@link
     *     PayoutRefusal.NotAwaitingApproval} if nobody has to agree, or the time to do so is over; with {@link
     *     PayoutRefusal.SamePerson} if they asked for it or have agreed to it
     */
    Payout approve(UUID payout);

    /**
     * Calls a payout off that somebody does not agree to, and gives back what was set aside. Repeated it returns the payout.
     *
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound} or {@link PayoutRefusal.NotAwaitingApproval}
     */
    Payout refuse(UUID payout);

    /** Returns who agreed to a payout, in order; nobody if there is no such payout. */
    List<PayoutApproval> approvals(UUID payout);

    /**
     * Returns what {@link #requestAll} would refuse of these requests, one after the other, as things stand; nothing for one
     * that it would not, or that was taken down before. Wallets that are missing, closed or frozen are told, and from which
     * request on a wallet has too little, unless holds that have expired may give it more; which are too much for limits by day
     * and month, beside what was requested before and those of the list before them, and which the guard against the same
     * payout twice stops. Of several under one key the first is looked at. Writes nothing and locks nothing, so others may
     * change it meanwhile.
     *
     * @param requests at most {@value #CHECKS_MAX}
     * @return one answer for each request, in order
     * @throws IllegalArgumentException if there are more
     */
    List<Optional<RequestResult.NotRequested>> check(List<PayoutRequest> requests);

    /**
     * Takes down what became of a payout in {@link PayoutStatus#REVIEW}, as somebody found out, or what became of one that has
     * ended: that one which succeeded came back in full, that one which failed or was called off after something was sent was
     * paid all the same, under a reference of the provider's, or under which reference one was paid of which none is known.
     * Nothing moves before another person {@linkplain #confirm confirms} it. Repeated by the same person it changes nothing;
     * whatever else is said, or by another, replaces what is pending.
     *
     * @return what is pending now, whose number {@link #confirm} takes
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound}; with {@link PayoutRefusal.NotResolvable} if the
     *     payout has neither ended nor is in review, if it is known to stand so already, if nothing was ever sent for it, or if
     *     the reference that it takes is missing or not the one that it was paid under; with {@link PayoutRefusal.LeaseRunning} as long as a processor may be at work on it; with {@link
     *     PayoutRefusal.ReferenceTaken} if the reference belongs to another attempt
     * @throws IllegalArgumentException if the fee is in another currency
     */
    PayoutResolution resolve(UUID payout, Resolution resolution);

    /**
     * Carries out what another person said became of a payout: it succeeds or fails, with all that this does to the books. One
     * that had succeeded and is said to have failed is reversed, in all; one that had failed and is said to have succeeded is a
     * late success, taken from suspense if that payment stands there. Where only the reference was missing, nothing moves but
     * what stood in suspense under it. If the provider's own word comes first and ends the payout, moves money or has an attempt
     * stand otherwise, that counts, and the resolution lapses; so it does if the provider gives a reference to what was said to
     * have failed. If its word comes later, it is applied on top: a success after a
     * resolution as failed is a late one. Repeated it returns the payout.
     *
     * @param resolution its number, from {@link #resolve} or {@link #resolutions}
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound}; with {@link PayoutRefusal.NothingToConfirm} if
     *     there is no such resolution or it is not pending; with {@link PayoutRefusal.NotResolvable} if the payout cannot be
     *     resolved so any more, or what is said contradicts what is booked, such as a kept fee that is known to have
     *     come back: nothing then changes; with {@link PayoutRefusal.ReferenceTaken} if its reference belongs to another attempt
     *     by now; with {@link PayoutRefusal.SamePerson} if whoever these payouts are {@linkplain #as in the name of} made it
     * @throws io.holdfast.ledger.RefusedException if the ledger cannot take the entry, as where an account is closed
     * @throws IllegalArgumentException if the attempt's provider is not configured
     */
    Payout confirm(UUID payout, int resolution);

    /** Returns what people said became of a payout, in order; nothing if there is no such payout. */
    List<PayoutResolution> resolutions(UUID payout);

    /**
     * Takes from the wallet what its owner owes for a payout that succeeded after its money had been given back: all of it,
     * or as much as the wallet has. Repeated under the same key it changes nothing.
     *
     * @param key idempotency key among the collections of this payout, at most 100 characters
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound} or {@link PayoutRefusal.NothingOwed}
     * @throws io.holdfast.ledger.RefusedException if the ledger refuses it, as where the wallet has nothing or is frozen
     * @throws IllegalArgumentException if the key is too long
     */
    Payout collect(UUID payout, Key key);

    /**
     * Gives up what is still owed for a payout that succeeded after its money had been given back. Repeated under the same
     * key it changes nothing.
     *
     * @param key idempotency key among the write-offs of this payout, at most 100 characters
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound} or {@link PayoutRefusal.NothingOwed}
     * @throws io.holdfast.ledger.RefusedException if the ledger refuses it
     * @throws IllegalArgumentException if the key is too long
     */
    Payout writeOff(UUID payout, Key key);

    /**
     * Has payouts tried at once that wait because a provider said that what we have prefunded there does not suffice. To be
     * called after a top-up, which is an entry of the host's own: this books nothing. Otherwise they are tried again after
     * waits that grow to the longest of {@link Processing#polls}, a day unless said.
     *
     * @return how many
     */
    int retryShortOfFloat(String provider, Currency currency);

    /**
     * Calls a payout off and gives back what was set aside. Repeated it returns the payout.
     *
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound}, or with {@link
     *     PayoutRefusal.NotCancellable} once something was sent that is not accounted for, while a processor is at it, once an
     *     attempt that had failed pays or may pay after all, or once the payout has ended
     */
    Payout cancel(UUID payout);

    /** Returns a payout by its id. */
    Optional<Payout> find(UUID payout);

    /** Returns a payout by its request's key. */
    Optional<Payout> find(Key key);

    /**
     * Returns the payout that a provider knows by one of the references that it gave it, also one that it gave an attempt
     * which has failed since.
     */
    Optional<Payout> find(String provider, String reference);

    /**
     * Returns a page of payouts, in the order in which they were requested: what is requested meanwhile moves no page, and of
     * what is in doubt the oldest comes first.
     */
    PayoutPage list(PayoutQuery query);

    /** Returns how many payouts a query finds in all, whichever page it asks for. */
    long count(PayoutQuery query);

    /** Returns everything that happened to a payout, in order; nothing if there is no such payout. */
    List<PayoutTransition> history(UUID payout);

    /** Returns the journal entries of a payout with the transitions that made them, in order; nothing if there is no such payout. */
    List<PayoutEntry> entries(UUID payout);

    /**
     * Returns what a person should look at and nobody has closed, oldest first.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@link PayoutQuery#LIMIT_MAX}, or the offset below 0
     */
    List<PayoutItem> items(int limit, int offset);

    /** Returns the providers to which nothing new is sent by now, on whichever node that was found out. */
    List<BrokenProvider> brokenProviders();

    /** Returns how many items are open. */
    long openItems();

    /**
     * Closes an item that somebody has looked at; {@link PayoutItem} says which are opened anew should the same be noticed again.
     *
     * @param note what they found, 1 to {@value #NOTE_MAX} characters
     * @throws PayoutRefusedException with {@link PayoutRefusal.ItemNotFound} if there is none of that number, or it is closed
     * @throws IllegalArgumentException if the note is empty or too long
     */
    void closeItem(long item, String note);
}
