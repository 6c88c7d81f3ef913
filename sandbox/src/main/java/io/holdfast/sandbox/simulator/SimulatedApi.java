package io.holdfast.sandbox.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One provider's API, played on a {@link Stage}. Every method but {@link #creation} is called by one thread at a time. */
public interface SimulatedApi {

    /** Returns whom the request asks to pay, or empty if it asks for no payout; called for malformed requests too. */
    Optional<Creation> creation(Request request);

    /**
     * Answers a request, and does what it asks for.
     *
     * @param faults what is wrong with it; the simulator itself takes care of the ways to answer, the API of
     *     {@link Fault#KEY_FORGOTTEN} and {@link Fault#WRONG_AMOUNT}, and hands the faults on to
     *     {@link PayoutBook#create}
     */
    Reply answer(Request request, Set<Fault> faults);

    /**
     * Returns the provider's own words for a refusal that is not the request's fault: {@code ERROR_500_*},
     * {@code RATE_LIMITED}, {@code ROTATED_KEY}, {@code INSUFFICIENT_FLOAT} or {@code REJECTED}.
     */
    Reply refusal(Request request, Fault fault);

    /** Returns what the provider tells about a payout that has just changed its status; empty if nothing. */
    List<WebhookMessage> webhooks(SimulatedPayout payout);

    /** Returns how the provider signs and repeats its webhooks. */
    WebhookRules webhookRules();

    /** Makes this key the only valid one. */
    void rotateKey(String key);
}
