package io.holdfast.sandbox.simulator;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;

/** Delivers webhooks as the provider's rules and a payout's faults say. Thread-safe; sends without holding a lock. */
final class WebhookSender {

    private static final Duration BEHIND_THE_LATER = Duration.ofMinutes(30);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final WebhookRules rules;
    private final Clock clock;
    private final Duration reorderedBy;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::number));
    private final List<WebhookDelivery> deliveries = new ArrayList<>();
    private final Set<String> payoutsTold = new HashSet<>();
    private long plannedCount;

    WebhookSender(WebhookRules rules, SimulatorSettings settings) {
        this.rules = rules;
        this.clock = settings.clock();
        this.reorderedBy = settings.laterAfter().plus(BEHIND_THE_LATER);
    }

    private record Planned(Instant at, long number, WebhookMessage message, int attempt) {}

    /** Plans the deliveries of a message about a payout that has just changed. */
    synchronized void plan(WebhookMessage message, SimulatedPayout payout) {
        boolean first = payoutsTold.add(message.reference());
        if (payout.faults().contains(Fault.WEBHOOK_LOST)) {
            return;
        }
        boolean late = first && payout.faults().contains(Fault.WEBHOOKS_REORDERED);
        Instant at = late ? payout.changedAt().plus(reorderedBy) : payout.changedAt();
        plan(at, message, 1);
        if (payout.faults().contains(Fault.WEBHOOK_DUPLICATED)) {
            plan(at, message, 1);
        }
    }

    private synchronized void plan(Instant at, WebhookMessage message, int attempt) {
        planned.add(new Planned(at, plannedCount++, message, attempt));
    }

    synchronized Optional<Instant> nextDue() {
        return Optional.ofNullable(planned.peek()).map(Planned::at);
    }

    synchronized List<WebhookDelivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** Makes the next attempt that is due; false if none is. */
    boolean deliverDue() {
        Optional<Planned> due = takeDue(clock.instant());
        due.ifPresent(this::deliver);
        return due.isPresent();
    }

    private synchronized Optional<Planned> takeDue(Instant now) {
        Planned next = planned.peek();
        if (next == null || next.at().isAfter(now)) {
            return Optional.empty();
        }
        return Optional.of(planned.remove());
    }

    private void deliver(Planned due) {
        Instant now = clock.instant();
        Map<String, String> headers = rules.signer().headers(due.message(), now);
        OptionalInt answered = send(due.message(), headers);
        WebhookDelivery delivery = new WebhookDelivery(due.message(), due.attempt(), now, headers, answered);
        synchronized (this) {
            deliveries.add(delivery);
            boolean giveUp = due.attempt() > rules.retryDelays().size();
            if (!delivery.isDelivered() && !giveUp) {
                Duration delay = rules.retryDelays().get(due.attempt() - 1);
                plan(now.plus(delay), due.message(), due.attempt() + 1);
            }
        }
    }

    private OptionalInt send(WebhookMessage message, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.target())
                .timeout(rules.timeout())
                .POST(HttpRequest.BodyPublishers.ofString(message.body()));
        headers.forEach(request::header);
        try {
            return OptionalInt.of(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }
}
