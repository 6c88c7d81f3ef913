package com.example.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.holdfast.payout.WebhookInbox;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.spi.WebhookDelivery;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Set;

/** Takes what providers call us to say, at {@code /webhooks/PROVIDER}. Safe for use by any number of threads. */
final class WebhookEndpoint implements HttpHandler {

    static final String PATH = "/webhooks/";

    private static final Logger LOG = System.getLogger(WebhookEndpoint.class.getName());

    private final WebhookInbox inbox;
    private final Set<String> providers;
    private final Clock clock;

    WebhookEndpoint(WebhookInbox inbox, Set<String> providers, Clock clock) {
        this.inbox = inbox;
        this.providers = Set.copyOf(providers);
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status(exchange), -1);
        }
    }

    private int status(HttpExchange exchange) throws IOException {
        String provider = exchange.getRequestURI().getPath().substring(PATH.length());
        if (!providers.contains(provider)) {
            return 404;
        }
        byte[] body = exchange.getRequestBody().readNBytes(WebhookDelivery.BODY_MAX + 1);
        if (body.length > WebhookDelivery.BODY_MAX) {
            return 400;
        }
        try {
            WebhookReceipt receipt =
                    inbox.receive(provider, WebhookDelivery.of(exchange.getRequestHeaders(), body, clock.instant()));
            LOG.log(Level.INFO, "A call of {0}: {1} {2}", provider, receipt.kind(), receipt.detail());
            return receipt.httpStatus();
        } catch (RuntimeException failed) {
            LOG.log(Level.ERROR, "A call of " + provider + " was not taken; it will call again", failed);
            return 500;
        }
    }
}
