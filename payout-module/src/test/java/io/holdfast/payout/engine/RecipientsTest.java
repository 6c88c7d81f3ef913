package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.spi.Recipient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One who is paid has one spelling. */
class RecipientsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+2550712345678", "+2560772123456", "+2500788000000", "+2540712345678"})
    void a_number_with_the_zero_that_is_dialled_at_home_is_refused_and_told_what_it_should_be(String phone) {
        bench.engine(bench.provider("one"));
        Recipient recipient = Recipient.MobileMoney.of(phone);

        assertThat(refusal(() -> bench.payouts()
                        .request(PayoutRequest.of("p1", ALICE, tzs(5_000), recipient)
                                .via("one"))))
                .isInstanceOf(PayoutRefusal.InvalidRecipient.class)
                .extracting(PayoutRefusal::message)
                .asString()
                .contains("9 digits after " + phone.substring(0, 4), phone.substring(0, 4) + "***")
                .doesNotContain(phone.substring(5, 11));
        assertThat(refusal(() -> bench.payouts()
                        .quote(QuoteRequest.of(ALICE, tzs(5_000), recipient).via("one"))))
                .isInstanceOf(PayoutRefusal.InvalidRecipient.class);
        bench.assertWallet(20_000, 0);
    }
}
