package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The payouts of one ledger, as a host sees them. A host requests and cancels payouts, finds them, lets people decide on
 * them, and gives operators what to look after; the methods stand in this order. None of them calls a provider; a {@link
 * PayoutProcessor} does.
 *
 * <p>Safe for use by any number of threads, except payouts from {@link #within}, which belong to their connection's
 * thread. What the database itself reports passes through unchanged as the runtime exception of the implementation's
 * database library, and then nothing was written, unless the connection was lost: then the same key finds what was. The first
 * {@link java.sql.SQLException} among its causes has the SQL state. Worth another try under the same key are 40001, 40P01,
 * 55P03 and class 08, a lost connection.
 */
public interface Payouts {

    /** The most requests in one {@link #requestAll}. */
    int REQUESTS_MAX = 500;

    /** The most requests in one {@link #check}. */
    int CHECKS_MAX = 100_000;

    /** The longest note on an item, in characters. */
    int NOTE_MAX = 1_000;

    /**
     * Returns these payouts in the host's transaction: what it writes is there once the host commits, and was never there
     * if the host rolls back. It never commits, rolls back or changes isolation; it sets savepoints. Above read committed
     * a request or a confirmation may fail with the SQL state 40001, as any statement there: the host then begins again.
     *
     * <p>What it writes stays locked until the host's transaction ends, the wallet above all. Whoever else writes to the same
     * accounts waits until then; those that this process has grouped with them, and those behind that group, for about a
     * second. Keep the transaction short, give the data source a {@code lock_timeout}, with which those who wait for its
     * accounts fail, and never write outside of it while it is open: a thread that does may wait for itself, which the
     * database cannot see.
     *
     * @throws IllegalArgumentException if the connection is in auto-commit mode
     */
    Payouts within(Connection connection);

    /**
     * Returns these payouts in the name of a person. The host vouches for the name: two names that differ are two
     * people. Blanks around a name do not count, of whatever kind, and several within it count as one; how letters are composed
     * does not count either, but capitals do.
     *
     * <p>Without this, everybody has the name of the engine's actor, {@code payouts} unless its builder says otherwise. Whoever
     * requests a payout so cannot approve it so, and whoever resolves one so cannot confirm that.
     *
     * @throws IllegalArgumentException if the name is empty or longer than 100 characters, or holds a control character, a
     *     format character such as U+200B or another that cannot be seen
     */
    Payouts as(String actor);

    /**
     * Records a payout and holds amount and fee on the wallet, in one transaction. Calling it again with the same key and
     * content returns the payout as it is now.
     *
     * @throws PayoutRefusedException if a rule of payouts says no: {@link PayoutRefusal.KeyConflict}, {@link
     *     PayoutRefusal.InvalidRecipient}, {@link PayoutRefusal.QuoteNotFound}, {@link PayoutRefusal.QuoteDiffers}, {@link
     *     PayoutRefusal.QuoteUsed}, {@link PayoutRefusal.QuoteExpired}, {@link PayoutRefusal.NoRoute}, {@link
     *     PayoutRefusal.AmountOutOfRange}, {@link PayoutRefusal.TestMode}, {@link PayoutRefusal.DuplicatePayout} or {@link
     *     PayoutRefusal.LimitExceeded}
     * @throws io.holdfast.ledger.RefusedException if the ledger refuses the hold
     */
    Payout request(PayoutRequest request);

    /**
     * Requests payouts as {@link #request} does, in one transaction. One that is refused keeps no other from being recorded.
     * A request whose fate hangs on another of the list (the same key, the same quote, a limit that a refused one would have
     * used up) is carried out in a further transaction.
     *
     * @param requests at most {@value #REQUESTS_MAX}
     * @return one result for each request, in order
     * @throws IllegalArgumentException if there are more
     */
    List<RequestResult> requestAll(List<PayoutRequest> requests);

    /**
     * Returns what {@link #requestAll} would refuse of these requests as things are now; nothing for one that it would accept
     * or that was recorded before. Writes nothing and locks nothing, so all of it may change before they are requested.
     *
     * <ul>
     *   <li>A wallet may be missing, closed or frozen, or have too little from some request on. Too little is not reported
     *       where holds that have expired may give the wallet more.
     *   <li>Limits by day and month count what was requested before and what comes earlier in the list.
     *   <li>The guard against the same payout twice looks at both, too.
     *   <li>Of several requests under one key, the first is looked at.
     * </ul>
     *
     * @param requests at most {@value #CHECKS_MAX}
     * @return one answer for each request, in order
     * @throws IllegalArgumentException if there are more
     */
    List<Optional<RequestResult.NotRequested>> check(List<PayoutRequest> requests);

    /**
     * Returns what a payout costs that is requested {@linkplain PayoutRequest#quoted by this quote} within 15 minutes. Holds
     * nothing.
     *
     * @throws PayoutRefusedException as {@link #request}; limits by wallet and recipient and the guard against the same payout
     *     twice are not asked
     * @throws io.holdfast.ledger.RefusedException if the ledger has no such wallet
     */
    PayoutQuote quote(QuoteRequest request);

    /**
     * Cancels a payout and releases its hold. Cancelling it again returns the payout.
     *
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound}; with {@link PayoutRefusal.NotCancellable} while
     *     a processor is sending it, while something that was sent for it may still be paid, once an attempt that had failed is
     *     paid or may be paid after all, or once the payout has ended
     */
    Payout cancel(UUID payout);

    /** Returns a payout by its id. */
    Optional<Payout> find(UUID payout);

    /** Returns a payout by its request's key. */
    Optional<Payout> find(Key key);

    /**
     * Returns the payout that a provider knows by this reference. Any reference that it gave to an attempt will do, also to
     * one that has failed since.
     */
    Optional<Payout> find(String provider, String reference);

    /** Returns a page of the payouts that a query finds, in its order, and how many it finds in all. */
    PayoutPage list(PayoutQuery query);

    /** Returns how many payouts a query finds in all, whichever page it asks for. */
    long count(PayoutQuery query);

    /** Returns everything that happened to a payout, in order; nothing if there is no such payout. */
    List<PayoutTransition> history(UUID payout);

    /** Returns the journal entries of a payout with the transitions that made them, in order; nothing if there is no such payout. */
    List<PayoutEntry> entries(UUID payout);

    /**
     * Records that {@linkplain #as this person} approves a payout. With the last approval that it needs, the payout goes on its
     * way. From then on, approving it again returns the payout.
     *
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound}; with {@link
     *     PayoutRefusal.NotAwaitingApproval} if nobody has to approve it, or the time to do so is over; with {@link
     *     PayoutRefusal.SamePerson} if this person requested it or has approved it already
     */
    Payout approve(UUID payout);

    /**
     * Cancels a payout that a person does not approve, and releases its hold. Refusing it again returns the payout.
     *
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound} or {@link PayoutRefusal.NotAwaitingApproval}
     */
    Payout refuse(UUID payout);

    /** Returns who approved a payout, in order; nobody if there is no such payout. */
    List<PayoutApproval> approvals(UUID payout);

    /**
     * Proposes what became of a payout, as a person found out. Nothing moves until another person {@linkplain #confirm
     * confirms} it. What can be proposed depends on the payout:
     *
     * <ul>
     *   <li>{@link PayoutStatus#REVIEW}: that it succeeded, or that it failed.
     *   <li>{@link PayoutStatus#SUCCEEDED}: that it failed, because all of it came back.
     *   <li>{@link PayoutStatus#FAILED} or {@link PayoutStatus#CANCELLED}, after something was sent: that it succeeded all the
     *       same, under a reference of the provider's.
     *   <li>{@link PayoutStatus#SUCCEEDED} or {@link PayoutStatus#REVERSED} with no reference known: that it succeeded, under
     *       this reference.
     * </ul>
     *
     * <p>Proposing the same again changes nothing. Any other proposal, or one by another person, replaces the one that is
     * pending.
     *
     * @return the proposal that is pending now, whose number {@link #confirm} takes
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound}; with {@link PayoutRefusal.NotInReview} if the
     *     payout is neither in review nor has ended; with {@link PayoutRefusal.NotResolvable} if what is proposed is known already, if nothing was ever sent for it, or
     *     if the reference that it takes is missing or not the one under which it was paid; with {@link
     *     PayoutRefusal.LeaseRunning} as long as a processor may be at work on it; with {@link PayoutRefusal.ReferenceTaken}
     *     if the reference belongs to another attempt
     * @throws IllegalArgumentException if the fee is in another currency, or the date is before the payout was requested or
     *     to come, in the ledger's time zone
     */
    PayoutResolution resolve(UUID payout, Resolution resolution);

    /**
     * Carries out what another person proposed. Confirming it again returns the payout.
     *
     * <ul>
     *   <li>A payout in review succeeds or fails, with all that this does to the books. One that had succeeded is reversed, in
     *       full. One that had failed or was cancelled is a late success, taken from suspense if the payment is there. Where
     *       only the reference was missing, nothing moves but what is in suspense under it.
     *   <li>If the provider's own word comes first, it counts. The proposal lapses once that word ends the payout, moves money
     *       or changes an attempt, or gives a reference to what was said to have failed.
     *   <li>If the provider's word comes later, it is applied on top: a success after a confirmed failure is a late success.
     * </ul>
     *
     * @param resolution its number, from {@link #resolve} or {@link #resolutions}
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound}; with {@link PayoutRefusal.NothingToConfirm} if
     *     there is no such resolution or it is not pending; with {@link PayoutRefusal.NotResolvable} if the payout cannot be
     *     resolved so any more, or what is said contradicts what is booked, such as a kept fee that is known to have come back:
     *     nothing then changes; with {@link PayoutRefusal.ReferenceTaken} if its reference belongs to another attempt by now;
     *     with {@link PayoutRefusal.SamePerson} if {@linkplain #as this person} proposed it
     * @throws io.holdfast.ledger.RefusedException if the ledger cannot take the entry, as where an account is closed
     * @throws IllegalArgumentException if the attempt's provider is not configured
     */
    Payout confirm(UUID payout, int resolution);

    /** Returns what people proposed became of a payout, in order; nothing if there is no such payout. */
    List<PayoutResolution> resolutions(UUID payout);

    /**
     * Returns what a person should look at and nobody has closed, oldest first.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@link PayoutQuery#LIMIT_MAX}, or the offset below 0
     */
    List<PayoutItem> items(int limit, int offset);

    /** Returns how many items are open. */
    long openItems();

    /**
     * Closes an item that somebody has looked at; {@link PayoutItem} says which are opened anew should the same be noticed again.
     *
     * @param note what they found, 1 to {@value #NOTE_MAX} characters
     * @throws PayoutRefusedException with {@link PayoutRefusal.ItemNotFound} if there is none of that number, or it is closed
     * @throws IllegalArgumentException if the note is empty or too long, or holds U+0000 or half a surrogate pair
     */
    void closeItem(long item, String note);

    /**
     * Takes from the wallet what its owner owes for a payout that succeeded after its hold had been released: all of it, or as
     * much as the wallet has. Calling it again with the same key changes nothing.
     *
     * @param key idempotency key among the collections of this payout, at most 100 characters
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound} or {@link PayoutRefusal.NothingOwed}
     * @throws io.holdfast.ledger.RefusedException if the ledger refuses it, as where the wallet has nothing or is frozen
     * @throws IllegalArgumentException if the key is too long
     */
    Payout collect(UUID payout, Key key);

    /**
     * Writes off what is still owed for a payout that succeeded after its hold had been released. Calling it again with the
     * same key changes nothing.
     *
     * @param key idempotency key among the write-offs of this payout, at most 100 characters
     * @throws PayoutRefusedException with {@link PayoutRefusal.PayoutNotFound} or {@link PayoutRefusal.NothingOwed}
     * @throws io.holdfast.ledger.RefusedException if the ledger refuses it
     * @throws IllegalArgumentException if the key is too long
     */
    Payout writeOff(UUID payout, Key key);

    /**
     * Makes payouts due at once that wait because the provider said that our float there, what we have prefunded, does not
     * suffice. Call it after a top-up, which is an entry of the host's own: this books nothing. Without it they are tried
     * again after waits that grow to the longest of {@link Processing#polls}, a day by default.
     *
     * @return how many
     * @throws IllegalArgumentException if the provider is not configured, though others are, and no payout ever went to one of
     *     that name
     */
    int retryShortOfFloat(String provider, Currency currency);

    /** Returns the providers to which nothing new is sent at present, on whichever node that was found out. */
    List<BrokenProvider> brokenProviders();
}
