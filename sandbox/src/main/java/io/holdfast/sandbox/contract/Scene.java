package io.holdfast.sandbox.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Simulator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A simulator, an adapter that reaches it, and the clock of both. */
record Scene(MovableClock clock, Simulator simulator, PayoutProvider provider) implements AutoCloseable {

    /** Returns what the adapter makes of each call that the simulator has made. */
    List<WebhookNotice> notices() {
        return simulator.deliveries().stream()
                .map(sent -> notice(sent.headers(), sent.message().body(), sent.at()))
                .toList();
    }

    /** Returns what the adapter makes of each call with another body, and of each call without its headers. */
    List<WebhookNotice> noticesOfChangedCalls() {
        return simulator.deliveries().stream()
                .flatMap(sent -> Stream.of(
                        notice(sent.headers(), sent.message().body().replace("}", " }"), sent.at()),
                        notice(Map.of(), sent.message().body(), sent.at())))
                .toList();
    }

    /** Leaves a test out, and says why, for an adapter that does not declare what it is about. */
    void assumeDeclared(Feature feature) {
        assumeTrue(provider.capabilities().has(feature), "it declares no " + feature);
    }

    private WebhookNotice notice(Map<String, String> headers, String body, Instant at) {
        return provider.webhook(new WebhookDelivery(headers, body.getBytes(StandardCharsets.UTF_8), at));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
