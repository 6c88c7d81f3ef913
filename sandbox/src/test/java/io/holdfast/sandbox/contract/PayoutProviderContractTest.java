package io.holdfast.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.sandbox.nkwa.NkwaSettings;
import io.holdfast.sandbox.nkwa.NkwaSimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The contract finds who breaks it, also in what none of the adapters here declares. */
class PayoutProviderContractTest {

    private static final Outcome REJECTED = new Outcome.Rejected(FailureReason.DECLINED, "", "no", Evidence.NONE);
    private static final Outcome ACCEPTED = new Outcome.Accepted("r1", Particulars.NONE, Evidence.NONE);

    @Test
    void a_rejection_that_is_replayed_keeps_it() {
        assertThatCode(() ->
                        new Told(REJECTED, REJECTED).a_provider_that_replays_rejections_rejects_the_same_key_for_good())
                .doesNotThrowAnyException();
    }

    @Test
    void one_that_is_followed_by_an_acceptance_of_the_same_key_breaks_it() {
        assertThatThrownBy(() ->
                        new Told(REJECTED, ACCEPTED).a_provider_that_replays_rejections_rejects_the_same_key_for_good())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ACCEPTED");
    }

    @Test
    void a_balance_that_is_told_and_not_declared_breaks_it() {
        assertThatThrownBy(() -> new Told().what_it_does_not_declare_it_does_not_offer())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("BALANCE is not declared");
    }

    /** The contract of an adapter that is told what to answer, and asks no simulator. */
    private static final class Told extends PayoutProviderContract {

        private static final Money AMOUNT = Money.parse("XAF 5000");

        private final Queue<Outcome> answers;

        Told(Outcome... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        protected Simulator simulator(SimulatorSettings settings) {
            return NkwaSimulator.start(settings, NkwaSettings.account());
        }

        @Override
        protected PayoutProvider provider(URI simulator, Clock clock) {
            return new Scripted(answers);
        }

        @Override
        protected Money amount() {
            return AMOUNT;
        }

        @Override
        protected Recipient recipient(int number) {
            return Recipient.MobileMoney.of("+237670123456").named("Asha Juma");
        }
    }

    private record Scripted(Queue<Outcome> answers) implements PayoutProvider {

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Text(40))
                    .channels(Channel.MOBILE_MONEY)
                    .currencies(List.of(WireCurrency.of(Told.AMOUNT.currency(), 0)))
                    .resend(new Resend(Duration.ofHours(24), Resend.Rejections.REPLAY_THE_FIRST))
                    .build();
        }

        @Override
        public Duration exchangeTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
            return CreateRequest.post("/payouts", "{}");
        }

        @Override
        public Outcome send(PayoutInstruction instruction, CreateRequest request) {
            return answers.remove();
        }

        @Override
        public Outcome lookup(PayoutInstruction instruction, String reference) {
            return new Outcome.NotFound(Evidence.NONE);
        }

        @Override
        public Answer<Money> balance(Currency currency) {
            return new Answer.Told<>(Told.AMOUNT);
        }
    }
}
