package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ProviderFee;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a provider would charge, asked before anything is sent. The scripted one is never called with a connection out. */
class ProviderFeesTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_provider_tells_its_fee_and_nothing_moves() {
        ProviderFee hundred = new ProviderFee(tzs(5_000), tzs(100));
        bench.engine(telling(new Answer.Told<>(hundred)));

        assertThat(ask(tzs(5_000))).isEqualTo(new Answer.Told<>(hundred));
        bench.assertNothingPaid();
    }

    @Test
    void a_fee_for_another_amount_than_was_asked_about_is_none() {
        bench.engine(telling(new Answer.Told<>(new ProviderFee(tzs(50_000), tzs(100)))));

        assertThat(ask(tzs(5_000)))
                .isEqualTo(
                        new Answer.Unavailable<>(Optional.empty(), "asked about TZS 5000.00, it told of TZS 50000.00"));
    }

    @Test
    void one_that_tells_none_beforehand_is_not_asked() {
        bench.engine(bench.provider("one").onFee(amount -> {
            throw new IllegalStateException("asked all the same");
        }));

        assertThat(ask(tzs(5_000))).isEqualTo(new Answer.NotOffered<>());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.providerQuestions().fee("nobody", tzs(5_000), ASHA))
                .withMessageContaining("\"nobody\"");
    }

    @Test
    void an_adapter_that_fails_tells_nothing_and_shows_nobody() {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.FEE)).onFee(amount -> {
            throw new IllegalStateException("no fee for " + ASHA.address());
        }));

        assertThat(ask(tzs(5_000)))
                .isInstanceOfSatisfying(
                        Answer.Unavailable.class,
                        none -> assertThat(none.detail())
                                .contains("The adapter failed", "+255***678")
                                .doesNotContain("712345"));
    }

    @Test
    void what_asks_not_to_be_called_is_not_called_for_a_while() {
        ScriptedProvider busy =
                telling(new Answer.Unavailable<>(Optional.of(Duration.ofMinutes(5)), "too many requests"));
        bench.engine(busy.onSend(PayoutBench.succeeded("r1")));
        bench.run();
        ask(tzs(5_000));
        bench.request("p1");

        assertThat(bench.run()).isZero();
        bench.clock.move(Duration.ofMinutes(6));
        assertThat(bench.run()).isEqualTo(1);
    }

    private ScriptedProvider telling(Answer<ProviderFee> answer) {
        return bench.provider("one", ways -> ways.features(Feature.FEE)).onFee(amount -> answer);
    }

    private Answer<ProviderFee> ask(Money amount) {
        return bench.providerQuestions().fee("one", amount, ASHA);
    }
}
