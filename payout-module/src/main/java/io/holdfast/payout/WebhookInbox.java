package io.holdfast.payout;

import io.holdfast.payout.spi.WebhookDelivery;
import java.util.List;

/**
 * Where a host hands over what providers call it to say. It calls no provider.
 *
 * <p>The host's endpoint takes a call's headers and the bytes of its body as they came, with the time, and answers the
 * provider over HTTP:
 *
 * <ul>
 *   <li>with {@link WebhookReceipt#httpStatus()}: 200 if the receipt is accepted, which it also is for a copy of an earlier
 *       delivery and for one that concerns nothing here; 401 if it is refused: the call is not signed as it should be, or
 *       too old, or the provider is configured for another environment than this ledger's payouts by it. Nothing was
 *       written then;
 *   <li>400 if {@link WebhookDelivery} refuses what came, 404 if there is no such provider;
 *   <li>500 if this throws anything else, such as a failure of the database: the provider calls again, and if the delivery was
 *       recorded before, the copy is recognised.
 * </ul>
 *
 * <p>The text of a refusal is for the host's logs, not for the caller. A delivery that is accepted has been recorded for
 * good: what it proves is applied at once, or as soon as the payout's reference is known.
 *
 * <p>Safe for use by any number of threads.
 */
public interface WebhookInbox {

    /**
     * Takes a delivery and does what it proves: a signed one settles a payout once, whatever the order in which deliveries,
     * copies and answers come; an unsigned one makes the payout be asked about soon, at most once a minute.
     *
     * @param provider the provider's name, from the address that was called
     * @throws IllegalArgumentException if there is no such provider
     */
    WebhookReceipt receive(String provider, WebhookDelivery delivery);

    /**
     * Returns signed deliveries that concern no payout that is known yet, in the order in which they came.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@link PayoutQuery#LIMIT_MAX}, or the offset below 0
     */
    List<ParkedWebhook> parked(int limit, int offset);

    /** Returns how many deliveries are parked. */
    long countParked();
}
