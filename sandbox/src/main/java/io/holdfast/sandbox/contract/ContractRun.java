package io.holdfast.sandbox.contract;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.simulator.Payment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One payout through one adapter to one simulator, doing only what an engine may do: resends only if they are declared
 * safe, matches in a list only if they are unmistakable.
 */
final class ContractRun {

    private static final Duration STEP = Duration.ofMinutes(1);
    private static final int STEPS_MAX = 20;
    private static final int PAGES_MAX = 100;

    /** The host's, under names too that an adapter may give our own ids, which must not take their place. */
    static final Map<String, String> METADATA =
            Map.of("order", "42-of-the-host", "payout_id", "the host's", "attempt_id", "the host's", "reference", "x");

    private final Scene scene;
    private final PayoutProvider provider;
    private final Instant begun;
    private final PayoutInstruction instruction;
    private final CreateRequest create;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** Writes a create; sends nothing. */
    ContractRun(Scene scene, Money amount, Recipient recipient) {
        this.scene = scene;
        this.provider = scene.provider();
        this.begun = scene.clock().instant();
        UUID payout = UUID.nameUUIDFromBytes(recipient.address().getBytes(StandardCharsets.UTF_8));
        String key = provider.capabilities().keyFormat().keyOf(payout, 1);
        PayoutInstruction bare = new PayoutInstruction(payout, 1, key, amount, recipient, "Salary June");
        this.instruction = provider.capabilities().has(Feature.METADATA) ? bare.metadata(METADATA) : bare;
        this.create = provider.create(instruction, prepared());
    }

    private Preparation.Ready prepared() {
        if (!provider.capabilities().has(Feature.PREPARATION)) {
            return Preparation.NOTHING;
        }
        Preparation preparation = provider.prepare(instruction);
        if (preparation instanceof Preparation.Ready ready) {
            return ready;
        }
        throw new AssertionError("The preparation of a good payout came to " + preparation);
    }

    PayoutInstruction instruction() {
        return instruction;
    }

    CreateRequest create() {
        return create;
    }

    /** Returns everything the adapter said so far. */
    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Sends the create's bytes. */
    Outcome send() {
        return noted(provider.send(instruction, create));
    }

    Outcome lookup(String reference) {
        return noted(provider.lookup(instruction, reference));
    }

    /** Goes on from an outcome until nothing more is to be learned, and returns what is known then. */
    Outcome settle(Outcome first) {
        Outcome known = first;
        for (int step = 0; step < STEPS_MAX && !isEnd(known); step++) {
            scene.simulator().advance(STEP);
            known = next(known);
        }
        return known;
    }

    private Outcome next(Outcome known) {
        if (known instanceof Outcome.NotSent || known instanceof Outcome.NotExecuted) {
            return send();
        }
        Optional<String> reference = reference();
        if (reference.isPresent()) {
            return lookup(reference.get());
        }
        if (capabilities().resend().isPossible()) {
            return send();
        }
        return listed().map(this::noted).orElse(known);
    }

    /** Returns the reference under which the provider has the payout, if it ever told. */
    Optional<String> reference() {
        return outcomes.stream()
                .flatMap(outcome -> referenceIn(outcome).stream())
                .findFirst();
    }

    static Optional<String> referenceIn(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return Optional.of(accepted.reference());
        }
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return Optional.of(succeeded.reference());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.reference());
        }
        return outcome instanceof Outcome.Reversed reversed ? Optional.of(reversed.reference()) : Optional.empty();
    }

    private Optional<Outcome> listed() {
        if (!capabilities().has(Feature.LIST)) {
            return Optional.empty();
        }
        List<ListedPayout> fitting = list().stream().filter(this::fits).toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0).outcome()) : Optional.empty();
    }

    private boolean fits(ListedPayout payout) {
        if (capabilities().has(Feature.ECHOES_REFERENCE)) {
            return payout.ourReference().equals(Optional.of(instruction.reference()));
        }
        return payout.amount().equals(instruction.amount())
                && payout.address().filter(instruction.recipient()::hasAddress).isPresent();
    }

    /** Returns all that the provider lists, page after page. */
    List<ListedPayout> list() {
        ListQuestion question =
                new ListQuestion(begun.minus(Duration.ofDays(1)), begun.plus(Duration.ofDays(1)), Optional.empty());
        List<ListedPayout> listed = new ArrayList<>();
        for (int page = 0; page < PAGES_MAX; page++) {
            Answer<ListPage> answer = provider.list(question);
            if (!(answer instanceof Answer.Told<ListPage> told)) {
                return List.of();
            }
            if (!told.value().unread().isEmpty()) {
                throw new AssertionError("The list of " + provider.name() + " cannot be read throughout: "
                        + told.value().unread());
            }
            listed.addAll(told.value().payouts());
            if (told.value().next().isEmpty()) {
                return listed;
            }
            question = question.page(told.value().next().get());
        }
        throw new AssertionError("The list of " + provider.name() + " has more than " + PAGES_MAX + " pages");
    }

    /** Returns the money that has reached the recipient. */
    List<Payment> paid() {
        return scene.simulator().payments().stream()
                .filter(payment -> instruction.recipient().hasAddress(payment.recipient()))
                .toList();
    }

    private static boolean isEnd(Outcome outcome) {
        return outcome instanceof Outcome.Rejected
                || outcome instanceof Outcome.Succeeded
                || outcome instanceof Outcome.Failed
                || outcome instanceof Outcome.Reversed;
    }

    private Capabilities capabilities() {
        return provider.capabilities();
    }

    private Outcome noted(Outcome outcome) {
        outcomes.add(outcome);
        return outcome;
    }
}
