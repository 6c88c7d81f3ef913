package io.holdfast.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.sandbox.simulator.Payment;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What holds of a run whatever happened. */
final class Checks {

    private static final String FRACTION =
            SimulatedPayout.FRACTION.toPlainString().substring(1);

    private Checks() {}

    /** The recipient has the amount so many times, to the last unit. */
    static void paid(int times, ContractRun run) {
        List<Payment> paid = run.paid();
        Money amount = run.instruction().amount();
        assertEquals(times, paid.size(), "payments " + paid);
        for (Payment payment : paid) {
            assertEquals(amount.currency().code(), payment.currency());
            assertEquals(amount, Money.of(amount.currency(), payment.amount()));
        }
    }

    /** Whatever was sent to create a payout was the same each time, under the same key. */
    static void sameBytes(Scene scene, ContractRun run) {
        Set<String> sent = new HashSet<>();
        scene.simulator()
                .requests()
                .forEach(request -> request.creation()
                        .ifPresent(creation ->
                                sent.add(creation.key() + request.request().body())));
        assertEquals(1, sent.size(), "different creates");
        assertTrue(sent.iterator().next().endsWith(new String(run.create().body(), StandardCharsets.UTF_8)));
    }

    /** Nothing that the adapter said shows the recipient. */
    static void hidden(ContractRun run) {
        run.outcomes().forEach(outcome -> hidden(shown(outcome), run));
    }

    /** This text does not show the recipient. */
    static void hidden(String text, ContractRun run) {
        Recipient recipient = run.instruction().recipient();
        assertFalse(text.contains(recipient.address().replace("+", "")), "shows the recipient's number");
        assertFalse(text.contains(recipient.name()), "shows the recipient's name");
    }

    private static String shown(Outcome outcome) {
        return outcome + outcome.evidence().text() + outcome.evidence().alert();
    }

    /** A status that no document lists decides nothing, in the answer to a create and when asked, and a person is told of it. */
    static void told(Outcome created, ContractRun run) {
        Outcome asked = run.lookup(run.reference().orElseThrow());
        assertEquals(List.of(Outcome.Code.ACCEPTED, Outcome.Code.UNKNOWN), List.of(created.code(), asked.code()));
        for (Outcome outcome : List.of(created, asked)) {
            String alert = outcome.evidence().alert().orElse("no alert");
            assertTrue(alert.contains(SimulatedPayout.UNLISTED), alert);
        }
    }

    /** Wherever a fee was shown that is no money, a person is told of it. */
    static void feeTold(Scene scene, ContractRun run) {
        Stream<Outcome> called = scene.notices().stream()
                .filter(WebhookNotice.Proven.class::isInstance)
                .map(notice -> ((WebhookNotice.Proven) notice).outcome());
        Stream<Outcome> listed = run.list().stream().map(ListedPayout::outcome);
        Stream.of(run.outcomes().stream(), called, listed)
                .flatMap(outcomes -> outcomes)
                .map(Outcome::evidence)
                .filter(evidence -> evidence.text().contains(FRACTION))
                .forEach(evidence -> {
                    String alert = evidence.alert().orElse("no alert");
                    assertTrue(alert.contains(FRACTION), alert + " of " + evidence.text());
                });
    }

    /** What a provider keeps with a payout is in its create, our reference beside it. */
    static void metadata(ContractRun run) {
        String body = new String(run.create().body(), StandardCharsets.UTF_8);
        if (!run.instruction().metadata().isEmpty()) {
            assertTrue(
                    body.contains(ContractRun.METADATA.get("order")), "a create without the host's metadata: " + body);
            assertTrue(body.contains(run.instruction().reference()), "a create without our reference: " + body);
        }
    }

    /** What an adapter does not declare is not asked for; one that offers it all the same has forgotten to declare it. */
    static void notOffered(Scene scene, Money amount, Recipient recipient) {
        PayoutProvider provider = scene.provider();
        Instant now = scene.clock().instant();
        Map<Feature, Supplier<Answer<?>>> questions = new EnumMap<>(Map.of(
                Feature.LIST, () -> provider.list(new ListQuestion(now, now, Optional.empty())),
                Feature.FEE, () -> provider.fee(amount, recipient),
                Feature.BALANCE, () -> provider.balance(amount.currency()),
                Feature.AVAILABILITY, provider::availability));
        questions.forEach((feature, question) -> {
            if (!provider.capabilities().has(feature)) {
                assertInstanceOf(Answer.NotOffered.class, question.get(), feature + " is not declared");
            }
        });
        boolean isCalled = provider.capabilities().has(Feature.WEBHOOK_SIGNED)
                || provider.capabilities().has(Feature.WEBHOOK_UNSIGNED);
        if (!isCalled) {
            WebhookDelivery call = new WebhookDelivery(Map.of(), "{}".getBytes(StandardCharsets.UTF_8), now);
            assertInstanceOf(WebhookNotice.Refused.class, provider.webhook(call), "no call back is declared");
        }
    }

    /** The list shows each of these payouts, and once. */
    static void listedOnce(Scene scene, Money amount, List<ContractRun> runs) {
        List<ListedPayout> listed = runs.get(0).list();

        assertEquals(runs.size(), listed.size());
        assertEquals(
                runs.size(),
                new HashSet<>(listed.stream().map(ListedPayout::reference).toList()).size());
        for (ContractRun run : runs) {
            ListedPayout own = listed.stream()
                    .filter(payout -> run.reference().equals(Optional.of(payout.reference())))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not listed: " + run.reference()));
            assertEquals(amount, own.amount());
            if (scene.provider().capabilities().has(Feature.ECHOES_REFERENCE)) {
                assertEquals(Optional.of(run.instruction().reference()), own.ourReference());
            }
        }
    }
}
