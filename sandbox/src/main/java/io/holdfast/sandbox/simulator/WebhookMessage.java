package io.holdfast.sandbox.simulator;

import java.net.URI;

/**
 * What a provider tells its customer about a payout.
 *
 * @param id the provider's name for the message
 * @param event its kind, in the provider's words
 * @param reference the payout it is about
 * @param target where it is sent to
 * @param body its text, sent in UTF-8
 */
public record WebhookMessage(String id, String event, String reference, URI target, String body) {}
