package io.holdfast.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Outcome.Code;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What every adapter must keep, tried over real HTTP against the simulator of its provider. Extend it and run it with your
 * other tests; what an adapter does not declare is skipped.
 *
 * <p>Above all of it stands one rule: whatever goes wrong, nothing that the adapter declares or says lets an engine pay a
 * recipient twice. The contract plays that engine, and does all that it is allowed to.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class PayoutProviderContract {

    /** Where the simulator is told to call back. Nobody listens there: the simulator remembers what it sent. */
    protected static final URI WEBHOOKS = URI.create("http://127.0.0.1:1/webhooks");

    /** How long an exchange of the adapter may take. */
    protected static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration LATER = Duration.ofHours(2);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final int LISTED = 120;

    /** Starts the provider's simulator with these settings and without a rate limit, calling back at {@link #WEBHOOKS}. */
    protected abstract Simulator simulator(SimulatorSettings settings);

    /** Returns the adapter, reaching a simulator, at its time, with {@link #EXCHANGE_TIMEOUT}. */
    protected abstract PayoutProvider provider(URI simulator, Clock clock);

    /** Returns an amount that the provider pays, thousands of times over. */
    protected abstract Money amount();

    /**
     * Returns a recipient that the provider pays, with a name.
     *
     * @param number from 0 to 999; each has a recipient of its own, whose address does not end in a fault's digits
     */
    protected abstract Recipient recipient(int number);

    @Test
    void a_payout_reaches_the_recipient_once_and_to_the_last_unit() {
        try (Scene scene = scene()) {
            ContractRun run = run(scene);

            Outcome outcome = run.settle(run.send());

            Outcome.Succeeded success = assertInstanceOf(Outcome.Succeeded.class, outcome);
            assertEquals(amount(), success.particulars().amount().orElse(amount()));
            Checks.paid(1, run);
            Checks.metadata(run);
        }
    }

    @Test
    void a_create_is_the_same_to_the_byte_for_the_same_instruction() {
        try (Scene scene = scene()) {
            assumeTrue(!scene.provider().capabilities().has(Feature.PREPARATION), "it prepares a create");
            ContractRun run = run(scene);

            assertEquals(run.create(), scene.provider().create(run.instruction(), Preparation.NOTHING));
            assertTrue(scene.simulator().requests().isEmpty(), "writing a create asks nobody");
        }
    }

    @TestFactory
    Stream<DynamicTest> whatever_goes_wrong_with_a_create_the_recipient_is_paid_at_most_once() {
        return Arrays.stream(Fault.values())
                .filter(fault -> !Allowed.DISHONEST.contains(fault) && !Allowed.OF_ONE_PROVIDER.contains(fault))
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> goesWrong(fault)));
    }

    private void goesWrong(Fault fault) {
        try (Scene scene = scene()) {
            new FaultTrial(scene, run(scene), fault).run(EXCHANGE_TIMEOUT.multipliedBy(2));
        }
    }

    @Test
    void an_amount_that_the_provider_understood_otherwise_is_shown_as_it_understood_it() {
        try (Scene scene = scene()) {
            ContractRun run = run(scene);
            scene.simulator().next(Fault.WRONG_AMOUNT);

            Outcome outcome = run.settle(run.send());

            if (outcome instanceof Outcome.Succeeded success) {
                Optional<Money> shown = success.particulars().amount();
                assertTrue(shown.isPresent() && !shown.get().equals(amount()), "shown: " + shown);
            } else {
                assertEquals(Code.UNKNOWN, outcome.code());
            }
        }
    }

    @Test
    void a_refused_connection_is_proof_that_nothing_was_sent_and_the_payout_may_follow() {
        try (Scene scene = scene()) {
            ContractRun run = run(scene);
            scene.simulator().hangUp();

            Outcome refused = run.send();
            scene.simulator().listen();
            Outcome outcome = run.settle(run.send());

            assertEquals(Code.NOT_SENT, refused.code(), refused.toString());
            assertEquals(Code.SUCCEEDED, outcome.code(), outcome.toString());
            Checks.paid(1, run);
        }
    }

    @Test
    void the_same_bytes_are_safe_until_the_very_end_of_the_declared_window() {
        try (Scene scene = scene()) {
            Resend resend = scene.provider().capabilities().resend();
            assumeTrue(resend.isPossible(), "it declares no resend");
            ContractRun run = run(scene);
            scene.simulator().next(Fault.TIMEOUT_AFTER_EXECUTING);

            Outcome first = run.send();
            scene.simulator().advance(resend.window().minus(MARGIN));
            Outcome outcome = run.settle(run.send());

            assertEquals(Code.UNKNOWN, first.code());
            assertEquals(Code.SUCCEEDED, outcome.code(), outcome.toString());
            Checks.paid(1, run);
        }
    }

    @Test
    void a_provider_that_replays_rejections_rejects_the_same_key_for_good() {
        try (Scene scene = scene()) {
            Resend resend = scene.provider().capabilities().resend();
            assumeTrue(resend.rejections() == Resend.Rejections.REPLAY_THE_FIRST, "it declares no replay");
            assumeTrue(resend.isPossible(), "it declares no resend");
            ContractRun run = run(scene);
            scene.simulator().next(Fault.REJECTED);

            assertEquals(Code.REJECTED, run.send().code());
            assertEquals(Code.REJECTED, run.send().code());
            Checks.paid(0, run);
        }
    }

    @Test
    void what_the_wire_cannot_carry_is_refused_and_never_rounded() {
        try (Scene scene = scene()) {
            Money unit = Money.ofMinor(amount().currency(), 1);
            WireCurrency wire = scene.provider()
                    .capabilities()
                    .wire(amount().currency())
                    .orElseThrow(() -> new AssertionError("the adapter does not declare " + amount().currency()));
            assumeTrue(wire.scale() < amount().currency().exponent(), "its wire takes every decimal");
            Money finer = amount().plus(unit);

            assertTrue(scene.provider()
                    .capabilities()
                    .objection(finer, recipient(0))
                    .isPresent());
            assertThrows(IllegalArgumentException.class, () -> new ContractRun(scene, finer, recipient(0)));
        }
    }

    @TestFactory
    Stream<DynamicTest> a_question_that_is_not_answered_proves_nothing() {
        return Allowed.TELLING_NOTHING.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> isNotAnswered(fault)));
    }

    private void isNotAnswered(Fault fault) {
        try (Scene scene = scene()) {
            ContractRun run = run(scene);
            run.send();
            scene.simulator().nextRead(fault);

            Outcome outcome = run.lookup(run.reference().orElseThrow());

            assertTrue(Allowed.afterQuestion(fault).contains(outcome.code()), fault + " became " + outcome);
            assertEquals(Code.SUCCEEDED, run.settle(outcome).code());
            Checks.hidden(run);
        }
    }

    @Test
    void a_payout_that_the_provider_does_not_show_has_not_failed() {
        try (Scene scene = scene()) {
            ContractRun run = run(scene);
            scene.simulator().next(Fault.INVISIBLE_UNTIL_SETTLED);
            run.send();

            Code hidden = run.lookup(run.reference().orElseThrow()).code();
            Code never = run.lookup("no-such-reference").code();

            assertTrue(Set.of(Code.UNKNOWN, Code.NOT_FOUND).contains(hidden), hidden.name());
            assertTrue(Set.of(Code.UNKNOWN, Code.NOT_FOUND).contains(never), never.name());
        }
    }

    @Test
    void what_the_provider_says_later_is_told_although_it_said_something_else() {
        try (Scene scene = scene()) {
            ContractRun run = run(scene);
            scene.simulator().next(Fault.LATE_SUCCESS);

            Outcome failed = run.settle(run.send());
            scene.simulator().advance(LATER);
            Outcome late = run.lookup(run.reference().orElseThrow());

            assertEquals(Code.FAILED, failed.code());
            assertEquals(Code.SUCCEEDED, late.code());
        }
    }

    @Test
    void a_reversal_tells_how_much_came_back() {
        try (Scene scene = scene()) {
            scene.assumeDeclared(Feature.REVERSALS);
            ContractRun run = run(scene);
            scene.simulator().next(Fault.REVERSAL);

            Outcome success = run.settle(run.send());
            scene.simulator().advance(LATER);
            Outcome outcome = run.lookup(run.reference().orElseThrow());

            assertEquals(Code.SUCCEEDED, success.code());
            assertEquals(
                    amount(), assertInstanceOf(Outcome.Reversed.class, outcome).amount());
        }
    }

    @Test
    void the_list_shows_every_payout_once_however_many_pages_it_has() {
        try (Scene scene = scene()) {
            scene.assumeDeclared(Feature.LIST);
            List<ContractRun> runs = IntStream.range(0, LISTED)
                    .mapToObj(number -> new ContractRun(scene, amount(), recipient(number)))
                    .toList();
            runs.forEach(ContractRun::send);

            Checks.listedOnce(scene, amount(), runs);
        }
    }

    @Test
    void a_fee_is_told_only_for_the_amount_that_was_asked_about() {
        try (Scene scene = scene()) {
            scene.assumeDeclared(Feature.FEE);
            ContractRun run = run(scene);
            run.settle(run.send());

            Answer<ProviderFee> fee = scene.provider().fee(amount(), recipient(0));
            scene.simulator().nextRead(Fault.WRONG_AMOUNT);
            Answer<ProviderFee> another = scene.provider().fee(amount(), recipient(0));

            SimulatedPayout payout = scene.simulator().payouts().get(0);
            Money charged = Money.of(amount().currency(), payout.order().fee());
            assertEquals(new Answer.Told<>(new ProviderFee(amount(), charged)), fee);
            assertInstanceOf(Answer.Unavailable.class, another);
        }
    }

    @Test
    void what_it_does_not_declare_it_does_not_offer() {
        try (Scene scene = scene()) {
            Checks.notOffered(scene, amount(), recipient(0));
        }
    }

    @Test
    void the_balance_is_what_the_provider_holds_for_us() {
        try (Scene scene = scene()) {
            scene.assumeDeclared(Feature.BALANCE);
            ContractRun run = run(scene);
            run.settle(run.send());

            Answer<Money> balance = scene.provider().balance(amount().currency());
            scene.simulator().nextRead(Fault.HTML_PAGE_WITHOUT_EXECUTING);
            Answer<Money> none = scene.provider().balance(amount().currency());

            String account = scene.simulator().payouts().get(0).order().account();
            Money held = Money.of(amount().currency(), scene.simulator().balance(account));
            assertEquals(new Answer.Told<>(held), balance);
            assertInstanceOf(Answer.Unavailable.class, none);
        }
    }

    @Test
    void a_signed_call_proves_what_became_of_the_payout_and_copies_of_it_have_one_id() {
        try (Scene scene = scene()) {
            scene.assumeDeclared(Feature.WEBHOOK_SIGNED);
            ContractRun run = run(scene);
            scene.simulator().next(Fault.WEBHOOK_DUPLICATED);
            run.settle(run.send());

            List<WebhookNotice.Proven> proven = scene.notices().stream()
                    .map(notice -> assertInstanceOf(WebhookNotice.Proven.class, notice))
                    .toList();

            assertTrue(proven.size() >= 2, "calls: " + proven);
            assertEquals(
                    1,
                    new HashSet<>(proven.stream().map(WebhookNotice.Proven::id).toList()).size());
            for (WebhookNotice.Proven notice : proven) {
                assertEquals(Code.SUCCEEDED, notice.outcome().code());
                assertEquals(run.reference(), notice.reference());
                assertEquals(Optional.of(amount()), notice.particulars().amount());
                Checks.hidden(notice + notice.outcome().evidence().text(), run);
            }
        }
    }

    @Test
    void a_call_that_was_changed_on_its_way_is_refused() {
        try (Scene scene = scene()) {
            scene.assumeDeclared(Feature.WEBHOOK_SIGNED);
            ContractRun run = run(scene);
            run.settle(run.send());

            List<WebhookNotice> notices = scene.noticesOfChangedCalls();

            assertFalse(notices.isEmpty());
            notices.forEach(notice -> assertInstanceOf(WebhookNotice.Refused.class, notice));
        }
    }

    @Test
    void a_call_that_nobody_signed_is_a_hint_and_no_more() {
        try (Scene scene = scene()) {
            scene.assumeDeclared(Feature.WEBHOOK_UNSIGNED);
            ContractRun run = run(scene);
            run.settle(run.send());

            assertFalse(scene.notices().isEmpty());
            for (WebhookNotice notice : scene.notices()) {
                assertEquals(
                        run.reference(),
                        assertInstanceOf(WebhookNotice.Hint.class, notice).reference());
            }
        }
    }

    private Scene scene() {
        MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
        Simulator simulator = simulator(SimulatorSettings.with(clock).slowBy(Duration.ofMillis(300)));
        return new Scene(clock, simulator, provider(simulator.baseUrl(), clock));
    }

    private ContractRun run(Scene scene) {
        return new ContractRun(scene, amount(), recipient(0));
    }
}
