package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.FailureReason;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The name of a provider that there is not is refused where it is given: it would move money or waive fees. */
class ProviderNamesTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_statement_of_nobody_is_refused_and_nothing_booked() {
        bench.engine(bench.provider("one"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.statement("onne", List.of(StatementLine.of("r1", tzs(5_000), Status.PAID))))
                .withMessageContaining("\"onne\"")
                .withMessageContaining("[one]");

        assertThat(bench.ledger.account(Account.of("assets:providers:onne:float", TZS)))
                .isEmpty();
    }

    @Test
    void a_statement_of_a_provider_that_was_used_and_is_gone_is_compared() {
        bench.sent(succeeded("r1"));
        bench.engine(bench.provider("two"));

        assertThat(bench.statement("r1", Status.PAID).verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void trying_what_waits_for_nobody_s_float_is_refused() {
        bench.engine(bench.provider("one"), bench.provider("two"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.payouts().retryShortOfFloat("onne", TZS))
                .withMessageContaining("\"onne\"")
                .withMessageContaining("[one, two]");
        assertThat(bench.payouts().retryShortOfFloat("two", TZS)).isZero();
    }

    @Test
    void what_waits_for_the_float_of_a_provider_that_is_gone_is_tried_all_the_same() {
        bench.sent(rejected(FailureReason.INSUFFICIENT_FLOAT));
        bench.engine(bench.provider("two"));

        assertThat(bench.payouts().retryShortOfFloat("one", TZS)).isOne();
    }

    @Test
    void the_list_of_nobody_is_refused() {
        bench.engine(bench.provider("one"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.reconciliation().withList("onne", bench.clock.instant(), bench.clock.instant()))
                .withMessageContaining("\"onne\"")
                .withMessageContaining("[one]");
    }

    @Test
    void a_payout_by_a_provider_that_is_not_configured_is_refused_with_those_that_are() {
        bench.engine(bench.provider("one"), bench.provider("two"));

        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(() -> bench.payouts().request(bench.aRequest("p1").via("onne")))
                .withMessageContaining("\"onne\"")
                .withMessageContaining("[one, two]")
                .extracting(PayoutRefusedException::refusal)
                .isInstanceOf(PayoutRefusal.NoRoute.class);
    }

    @Test
    void fees_by_a_provider_that_is_not_configured_are_refused() {
        FeeRule rule = FeeRule.of(FeeSchedule.fixed(tzs(100))).via("onne");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.engine(builder -> builder.fees(List.of(rule)), bench.provider("one")))
                .withMessageContaining("onne")
                .withMessageContaining("[one]");
    }
}
