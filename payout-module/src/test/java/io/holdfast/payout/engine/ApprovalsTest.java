package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Guarded.assertGuarded;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.Key;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutApproval;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private static final UUID FORGED = new UUID(1, 1);

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one").onSend(succeeded("r1"));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void nothing_is_sent_before_another_person_agrees() {
        Payout payout = requested(1);

        assertThat(payout.status()).isEqualTo(PayoutStatus.AWAITING_APPROVAL);
        bench.assertWallet(13_500, 6_500);
        assertThat(bench.run()).isZero();
        assertThat(one.sends()).isEmpty();

        Payout approved = bench.payouts().as("bob").approve(payout.id());
        assertThat(approved.status()).isEqualTo(PayoutStatus.PENDING);
        bench.run();

        bench.assertPaid(100);
        assertThat(bench.path(payout)).containsExactly("AWAITING_APPROVAL", "PENDING", "SENDING", "SUCCEEDED");
        assertThat(bench.payouts().approvals(payout.id()))
                .containsExactly(new PayoutApproval(
                        1, "bob", bench.payouts().approvals(payout.id()).get(0).at()));
        assertThat(bench.payouts().history(payout.id()).get(1))
                .returns(PayoutTransition.Cause.APPROVAL, PayoutTransition::cause)
                .returns("bob", PayoutTransition::actor);
    }

    @Test
    void whoever_asked_cannot_agree_however_the_name_is_written() {
        Payout payout = requested(1);

        assertRefused("SAME_PERSON", () -> bench.payouts().as("maker").approve(payout.id()));
        assertRefused("SAME_PERSON", () -> bench.payouts().as(" maker ").approve(payout.id()));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.AWAITING_APPROVAL);
    }

    @Test
    void the_engines_own_actor_is_one_person_however_the_name_is_written() {
        bench.engine(
                builder -> builder.actor(" ops ").approvals(ApprovalPolicy.of(new ApprovalRule(tzs(4_999), 1))), one);
        Payout payout = bench.payouts().request(bench.aRequest("p1"));

        assertThat(payout.requestedBy()).isEqualTo("ops");
        assertRefused("SAME_PERSON", () -> bench.payouts().approve(payout.id()));
        assertRefused("SAME_PERSON", () -> bench.payouts().as("ops").approve(payout.id()));
    }

    @Test
    void the_journal_and_the_payout_name_the_same_person() {
        engine(1);

        Payout payout = bench.payouts().as("maker ").request(bench.aRequest("p1"));

        assertThat(payout.requestedBy()).isEqualTo("maker");
        assertThat(bench.ledger.entry(EntryReference.of(payout.hold())))
                .hasValueSatisfying(hold -> assertThat(hold.actor()).isEqualTo("maker"));
    }

    @Test
    void where_it_takes_two_they_are_two_persons() {
        Payout payout = requested(2);

        assertThat(bench.payouts().as("bob").approve(payout.id()).status()).isEqualTo(PayoutStatus.AWAITING_APPROVAL);
        assertRefused("SAME_PERSON", () -> bench.payouts().as("bob").approve(payout.id()));
        assertThat(bench.run()).isZero();

        assertThat(bench.payouts().as("carol").approve(payout.id()).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(bench.payouts().as("bob").approve(payout.id()).status()).isEqualTo(PayoutStatus.PENDING);
        assertRefused("NOT_AWAITING_APPROVAL", () -> bench.payouts().as("dave").approve(payout.id()));
    }

    @Test
    void how_many_it_takes_depends_on_the_amount_that_the_request_names() {
        ApprovalPolicy policy = ApprovalPolicy.of(
                new ApprovalRule(tzs(1_000), 1), new ApprovalRule(tzs(5_000), 2), new ApprovalRule(tzs(0), 0));

        assertThat(policy.checkers(tzs(1_000))).isZero();
        assertThat(policy.checkers(tzs(1_001))).isEqualTo(1);
        assertThat(policy.checkers(tzs(5_000))).isEqualTo(1);
        assertThat(policy.checkers(tzs(5_001))).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApprovalRule(tzs(1), 3))
                .withMessage("Approval by 3 checkers: 0 to 2 are possible");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApprovalRule(tzs(-1), 1))
                .withMessageContaining("not below zero");
        assertThatIllegalArgumentException().isThrownBy(() -> policy.within(Duration.ZERO));
    }

    @Test
    void who_does_not_agree_calls_it_off_and_everything_is_given_back_at_once() {
        Payout payout = requested(1);

        Payout refused = bench.payouts().as("bob").refuse(payout.id());

        assertThat(refused.status()).isEqualTo(PayoutStatus.CANCELLED);
        assertThat(refused.completedAt()).isPresent();
        bench.assertNothingPaid();
        bench.assertBooks();
        assertThat(bench.payouts().as("bob").refuse(payout.id()).status()).isEqualTo(PayoutStatus.CANCELLED);
        Payout agreed = bench.payouts().as("maker").request(bench.aRequest("p2"));
        bench.payouts().as("bob").approve(agreed.id());
        assertRefused("NOT_AWAITING_APPROVAL", () -> bench.payouts().as("carol").refuse(agreed.id()));
        assertRefused("NOT_AWAITING_APPROVAL", () -> bench.payouts().as("carol").approve(payout.id()));
    }

    @Test
    void what_nobody_agrees_to_in_time_is_called_off() {
        Payout payout = requested(1);
        bench.clock.move(Duration.ofDays(2));

        assertRefused("NOT_AWAITING_APPROVAL", () -> bench.payouts().as("bob").approve(payout.id()));
        assertThat(bench.run()).isOne();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.CANCELLED);
        assertThat(bench.payouts().history(payout.id()).get(1).cause()).isEqualTo(PayoutTransition.Cause.EXPIRY);
        bench.assertNothingPaid();
        assertThat(bench.run()).isZero();
        assertThat(one.sends()).isEmpty();
    }

    @Test
    void what_cannot_be_given_back_in_time_is_for_a_person_and_keeps_nobody_else_waiting() {
        Payout stuck = requested(1);
        Payout other = bench.payouts().as("maker").request(bench.aRequest("p2"));
        // Whoever uses a key that is not for hosts gets past the guard of what payouts hold.
        bench.ledger.release(HoldRelease.of(HoldReference.of(reserved(stuck.id() + ":hold")), reserved("by-hand")));
        bench.clock.move(Duration.ofDays(2));
        Payout agreed = bench.payouts().as("maker").request(bench.aRequest("p3"));
        bench.payouts().as("bob").approve(agreed.id());

        assertThat(bench.run(10)).isEqualTo(3);

        assertThat(bench.find(other).status()).isEqualTo(PayoutStatus.CANCELLED);
        assertThat(bench.find(agreed).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(stuck).status()).isEqualTo(PayoutStatus.AWAITING_APPROVAL);
        assertThat(bench.payouts().items(10, 0)).singleElement().satisfies(item -> {
            assertThat(item.payout()).contains(stuck.id());
            assertThat(item.kind()).isEqualTo(PayoutItem.Kind.NOT_BOOKED);
            assertThat(item.detail()).contains("Not agreed to in time", "HOLD_NOT_ACTIVE", "RELEASED");
        });
        assertThat(bench.run(10)).isZero();
        bench.clock.move(Duration.ofDays(2));
        assertThat(bench.run(10)).isEqualTo(1);
        assertThat(bench.items()).hasSize(1);
    }

    @Test
    void what_is_agreed_to_before_its_time_waits_for_it() {
        engine(1);
        Payout payout = bench.payouts()
                .as("maker")
                .request(bench.aRequest("p1").notBefore(bench.clock.instant().plus(Duration.ofHours(5))));

        assertThat(bench.payouts().as("bob").approve(payout.id()).status()).isEqualTo(PayoutStatus.SCHEDULED);
        assertThat(bench.run()).isZero();
        bench.runAfter(Duration.ofHours(5), payout);

        bench.assertPaid(100);
    }

    @Test
    void what_awaits_approval_can_be_cancelled_and_what_is_not_there_cannot_be_approved() {
        Payout payout = requested(1);

        assertThat(bench.payouts().as("maker").cancel(payout.id()).status()).isEqualTo(PayoutStatus.CANCELLED);
        bench.assertNothingPaid();
        assertRefused("PAYOUT_NOT_FOUND", () -> bench.payouts().approve(UUID.randomUUID()));
        assertRefused("PAYOUT_NOT_FOUND", () -> bench.payouts().refuse(UUID.randomUUID()));
    }

    @Test
    void who_agreed_to_what_was_called_off_since_is_told_so() {
        Payout payout = requested(1);
        bench.payouts().as("bob").approve(payout.id());
        assertThat(bench.payouts().as("bob").approve(payout.id()).status()).isEqualTo(PayoutStatus.PENDING);
        bench.payouts().as("maker").cancel(payout.id());

        assertRefused("NOT_AWAITING_APPROVAL", () -> bench.payouts().as("bob").approve(payout.id()));
    }

    @Test
    void an_approval_in_the_hosts_transaction_was_never_there_if_it_rolls_back() throws SQLException {
        Payout payout = requested(1);

        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            assertThat(bench.payouts()
                            .as("bob")
                            .within(host)
                            .approve(payout.id())
                            .status())
                    .isEqualTo(PayoutStatus.PENDING);
            host.rollback();
        }

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.AWAITING_APPROVAL);
        assertThat(bench.payouts().approvals(payout.id())).isEmpty();
    }

    @Test
    void the_database_refuses_what_nobody_else_agreed_to() {
        Payout payout = requested(2);
        bench.payouts().as("bob").approve(payout.id());
        String which = " where payout_id = '" + payout.id() + "'";
        String approval = "insert into holdfast.payout_approval select ledger_id, payout_id, 2, ";

        assertGuarded(
                DATABASE,
                approval + "actor, holdfast.payout_content_hash(ledger_id, payout_id), now() from holdfast.payout"
                        + which,
                "HF008");
        assertGuarded(DATABASE, approval + "'carol', sha256('x'), now() from holdfast.payout" + which, "HF008");
        assertGuarded(DATABASE, approval + "'bob', content_hash, now() from holdfast.payout_approval" + which, "23505");
        assertGuarded(DATABASE, "update holdfast.payout_state set status = 'PENDING'" + which, "HF008");
        assertGuarded(
                DATABASE,
                "insert into holdfast.payout_attempt (ledger_id, payout_id, attempt_no, provider, provider_key, memo,"
                        + " created_at, state, stands) select ledger_id, payout_id, 1, 'one', 'k', '', now(), 'FAILED', false"
                        + " from holdfast.payout" + which,
                "HF008");
        assertGuarded(
                DATABASE,
                "with forged as (insert into holdfast.payout_intent select (jsonb_populate_record(i, jsonb_build_object("
                        + "'payout_id', '" + FORGED + "', 'key', 'forged'))).* from holdfast.payout_intent i"
                        + which
                        + ") insert into holdfast.payout_state select (jsonb_populate_record(s, jsonb_build_object("
                        + "'payout_id', '" + FORGED + "', 'status', 'PENDING'))).* from holdfast.payout_state s"
                        + which,
                "HF008");
        assertGuarded(DATABASE, "update holdfast.payout_intent set checkers = 0, approve_by = null" + which, "HF001");
        assertGuarded(DATABASE, "update holdfast.payout_approval set actor = 'x'" + which, "HF001");
        assertGuarded(DATABASE, "delete from holdfast.payout_approval" + which, "HF001");
    }

    @Test
    void an_approval_counts_for_nothing_once_the_content_is_another() throws SQLException {
        Payout payout = requested(2);
        bench.payouts().as("bob").approve(payout.id());
        String which = " where payout_id = '" + payout.id() + "'";

        try (Connection attacker = DATABASE.dataSource().getConnection();
                Statement statement = attacker.createStatement()) {
            attacker.setAutoCommit(false);
            statement.execute("alter table holdfast.payout_intent disable trigger payout_intent_is_a_fact");
            statement.execute("update holdfast.payout_intent set recipient_address = '+255799999999'" + which);
            statement.execute("alter table holdfast.payout_intent enable always trigger payout_intent_is_a_fact");
            statement.execute("insert into holdfast.payout_approval select ledger_id, payout_id, 2, 'carol',"
                    + " holdfast.payout_content_hash(ledger_id, payout_id), now() from holdfast.payout" + which);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("update holdfast.payout_state set status = 'PENDING'" + which))
                    .extracting(SQLException::getSQLState)
                    .isEqualTo("HF008");
        }
    }

    @Test
    void nobody_agrees_afterwards_to_what_went_its_way() {
        Payout payout = requested(1);
        bench.payouts().as("bob").approve(payout.id());

        assertGuarded(
                DATABASE,
                "insert into holdfast.payout_approval select ledger_id, payout_id, 2, 'carol',"
                        + " holdfast.payout_content_hash(ledger_id, payout_id), now() from holdfast.payout"
                        + " where payout_id = '" + payout.id() + "'",
                "HF008");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount = amount + 1",
                "fee = fee + 1",
                "recipient_type = 'BANK', recipient_bank = 'CRDB', recipient_address = '255712345678'",
                "recipient_address = '+255799999999'",
                "recipient_name = 'Another'",
                "recipient_operator = 'Vodacom'",
                "routes = '{one,two}'",
                "routes = '{two}'"
            })
    void everything_that_is_agreed_to_is_part_of_what_the_agreement_is_bound_to(String change) throws SQLException {
        Payout payout = requested(1);
        String which = " where payout_id = '" + payout.id() + "'";
        String approve = "insert into holdfast.payout_approval select ledger_id, payout_id, 1, 'bob',"
                + " holdfast.payout_content_hash(ledger_id, payout_id), now() from holdfast.payout" + which;

        try (Connection attacker = DATABASE.dataSource().getConnection();
                Statement statement = attacker.createStatement()) {
            attacker.setAutoCommit(false);
            statement.execute(approve);
            statement.execute("alter table holdfast.payout_intent disable trigger payout_intent_is_a_fact");
            statement.execute("update holdfast.payout_intent set " + change + which);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("update holdfast.payout_state set status = 'PENDING'" + which))
                    .extracting(SQLException::getSQLState)
                    .isEqualTo("HF008");
            attacker.rollback();
        }
    }

    static Stream<Recipient> recipients() {
        return Stream.of(
                PayoutBench.ASHA,
                new Recipient.MobileMoney("+255712345678", "Ásha 😀", Optional.of("Vodacom")),
                new Recipient.MobileMoney("+255712345678", "", Optional.empty()),
                new Recipient.BankAccount("CRDB", "0150123456789", "Asha, Ali"));
    }

    @ParameterizedTest
    @MethodSource("recipients")
    void the_database_hashes_what_is_agreed_to_as_the_engine_does(Recipient recipient) {
        bench.engine(
                builder -> builder.approvals(ApprovalPolicy.of(new ApprovalRule(tzs(1), 1))),
                bench.provider("one", ways -> ways.channels(Channel.values())));
        Payout payout = bench.payouts()
                .as("maker")
                .request(PayoutRequest.of("p1", PayoutBench.ALICE, tzs(5_000), recipient)
                        .via("one"));

        // The database refuses an approval whose hash is not its own.
        assertThat(bench.payouts().as("bob").approve(payout.id()).status()).isEqualTo(PayoutStatus.PENDING);
    }

    private static Key reserved(String value) {
        return Key.reserved("payout", value);
    }

    private Payout requested(int checkers) {
        engine(checkers);
        return bench.payouts().as("maker").request(bench.aRequest("p1"));
    }

    private void engine(int checkers) {
        bench.engine(
                builder -> builder.approvals(ApprovalPolicy.of(new ApprovalRule(tzs(4_999), checkers))
                        .within(Duration.ofDays(2))),
                one);
    }
}
