package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Resend;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One person, Zoë May, writes the name in other ways to be two. */
class NamesOfPeopleTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String ZOE = "Zoë May";
    private static final Resolution NOT_PAID = Resolution.failed("The provider's support says so");

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    static Stream<String> otherWays() {
        return Stream.of(
                "Zoë May\u00a0", "\u2003Zoë May", "Zoë  May", "Zoë\u00a0May", "Zoe\u0308 May", "Zoe\u0308\u3000 May");
    }

    @ParameterizedTest
    @MethodSource("otherWays")
    void blanks_and_composed_letters_make_no_second_person(String name) {
        Payout asked = requested(2, ZOE);
        assertRefused("SAME_PERSON", () -> bench.payouts().as(name).approve(asked.id()));
        bench.payouts().as("bob").approve(asked.id());
        assertRefused("SAME_PERSON", () -> bench.payouts().as(name).approve(asked.id()));
        assertThat(bench.find(asked).status()).isEqualTo(PayoutStatus.AWAITING_APPROVAL);

        Payout agreed = bench.payouts().as("ann").request(bench.aRequest("p2"));
        bench.payouts().as(name).approve(agreed.id());
        assertRefused("SAME_PERSON", () -> bench.payouts().as(ZOE).approve(agreed.id()));
        assertThat(bench.payouts().approvals(agreed.id()))
                .allMatch(one -> one.actor().equals(ZOE));
    }

    @ParameterizedTest
    @MethodSource("otherWays")
    void blanks_and_composed_letters_make_no_second_person_to_confirm(String name) {
        Payout payout = inReview();
        PayoutResolution said = bench.payouts().as(name).resolve(payout.id(), NOT_PAID);

        assertThat(bench.payouts().as(ZOE).resolve(payout.id(), NOT_PAID)).isEqualTo(said);
        assertRefused("SAME_PERSON", () -> bench.payouts().as(ZOE).confirm(payout.id(), said.number()));
        assertRefused("SAME_PERSON", () -> bench.payouts().as(name).confirm(payout.id(), said.number()));
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zoë May\u200b", "Zo\u00adë May", "Zoë\u200d May", "\u202dZoë May", "Zoë May\ufeff", "Zoë May\u2028",
                "Zoë May\ufe0f", "Zoë May\u3164", "Zoë\tMay", "Zoë May\u0085", "Zoë May\0", "Zoë May\ud83d"
            })
    void nobody_has_a_name_with_what_nobody_sees(String name) {
        bench.engine(one);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.payouts().as(name))
                .withMessageContaining("holds the character U+");
        assertThatIllegalArgumentException().isThrownBy(() -> bench.ledger.as(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë May\u200b", "Zo\u00adë May", "Zoë  May", "Zoë\u00a0May"})
    void a_name_recorded_under_an_older_rule_is_the_same_persons(String old) throws SQLException {
        Payout payout = requested(2, "ann");
        Guarded.execute(
                DATABASE,
                "insert into holdfast.payout_approval select ledger_id, payout_id, 1, '" + old
                        + "', holdfast.payout_content_hash(ledger_id, payout_id), now() from holdfast.payout where payout_id = '"
                        + payout.id() + "'");

        assertRefused("SAME_PERSON", () -> bench.payouts().as(ZOE).approve(payout.id()));

        assertThat(bench.payouts().as("bob").approve(payout.id()).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(bench.payouts().as(ZOE).approve(payout.id()).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(bench.payouts().approvals(payout.id()).get(0).actor()).isEqualTo(old);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë May\u200b", "Zo\u00adë May", "Zoë  May", "Zoë\u00a0May"})
    void a_resolution_recorded_under_an_older_rule_is_for_another_person_to_confirm(String old) throws SQLException {
        Payout payout = inReview();
        Guarded.execute(
                DATABASE,
                "insert into holdfast.payout_resolution (ledger_id, payout_id, resolution_no, verdict, attempt_no, evidence,"
                        + " actor, recorded_at) select ledger_id, payout_id, 1, 'FAILED', 1, 'told', '" + old
                        + "', now() from holdfast.payout where payout_id = '" + payout.id() + "'");

        assertRefused("SAME_PERSON", () -> bench.payouts().as(ZOE).confirm(payout.id(), 1));

        assertThat(bench.payouts().as("bob").confirm(payout.id(), 1).status()).isEqualTo(PayoutStatus.FAILED);
    }

    private Payout requested(int checkers, String who) {
        bench.engine(builder -> builder.approvals(ApprovalPolicy.of(new ApprovalRule(tzs(4_999), checkers))), one);
        return bench.payouts().as(who).request(bench.aRequest("p1"));
    }

    private Payout inReview() {
        Payout review = bench.runAfter(Duration.ofSeconds(5), bench.sent(one, timeout()));
        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        return review;
    }
}
