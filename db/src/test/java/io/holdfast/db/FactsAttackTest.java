package io.holdfast.db;

import static io.holdfast.db.AttackedLedger.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever tries to change or delete what was recorded, by whatever verb, is refused. */
class FactsAttackTest {

    private static final String NO_RIGHT = "42501";
    private static final String IS_A_FACT = "HF001";
    private static final int FIRST_WITH_MERGE = 15;

    private static AttackedLedger ledger;

    @BeforeAll
    static void open() throws SQLException {
        ledger = new AttackedLedger();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @TestFactory
    Stream<DynamicTest> the_application_has_no_right_to_change_facts() throws SQLException {
        return attacks().entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.getKey(), () -> ledger.refuses(ledger.application(), NO_RIGHT, attack.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> a_superuser_may_not_change_facts_either() throws SQLException {
        return attacks().entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.getKey(), () -> ledger.refuses(ledger.owner(), IS_A_FACT, attack.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> nor_may_one_who_turns_ordinary_triggers_off() throws SQLException {
        return attacks().entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.getKey(),
                        () -> ledger.refuses(ledger.owner(), IS_A_FACT, connection -> {
                            execute(connection, "set session_replication_role = replica");
                            execute(connection, attack.getValue());
                        })));
    }

    @Test
    void the_application_cannot_take_the_guards_away() throws SQLException {
        for (String attack : new String[] {
            "set session_replication_role = replica",
            "alter table holdfast.posting disable trigger posting_checks",
            "alter table holdfast.posting disable trigger all",
            "drop trigger posting_is_a_fact on holdfast.posting",
            "drop table holdfast.posting",
            "create or replace function holdfast.refuse_change() returns trigger language plpgsql as 'begin return null; end'",
            "alter function holdfast.check_postings() reset search_path",
            "create table pg_temp.child () inherits (holdfast.posting)",
            "create rule quietly as on insert to holdfast.posting do instead nothing",
            "create trigger sabotage before insert on holdfast.posting for each row execute function holdfast.refuse_change()",
            "grant update on holdfast.posting to holdfast_app",
            "create table holdfast.shadow (a int)"
        }) {
            // A grant of rights that one does not have is a mere warning, and an inheriting table asks for ownership.
            if (attack.startsWith("grant")) {
                Connection application = ledger.application();
                execute(application, attack);
                AttackedLedger.close(application);
                assertThat(hasRight("update", "posting")).isFalse();
            } else {
                ledger.refuses(ledger.application(), NO_RIGHT, attack);
            }
        }
    }

    @Test
    void closing_dates_only_move_forward_and_nothing_else_of_a_ledger_changes() throws SQLException {
        String update = "update holdfast.ledger set ";
        for (String change : new String[] {
            "closed_through = '2025-12-30'",
            "closed_through = null",
            "name = 'x'",
            "time_zone = 'Asia/Tokyo'",
            "opened_at = now()"
        }) {
            ledger.refuses(ledger.application(), NO_RIGHT, update + change + " where ledger_id = 1");
            ledger.refuses(ledger.owner(), IS_A_FACT, update + change + " where ledger_id = 1");
        }
        ledger.refuses(ledger.owner(), IS_A_FACT, "delete from holdfast.ledger where ledger_id = 2");
        ledger.refuses(ledger.owner(), IS_A_FACT, "truncate holdfast.ledger cascade");
        ledger.refuses(
                ledger.application(),
                IS_A_FACT,
                "insert into holdfast.period_close values (1, '2025-06-30', 'test', now())");
    }

    private static Map<String, String> attacks() throws SQLException {
        Map<String, String> attacks = new LinkedHashMap<>();
        boolean hasMerge;
        try (Connection connection = ledger.owner()) {
            hasMerge = connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_MERGE;
        }
        for (String fact : AttackedLedger.FACTS) {
            String table = "holdfast." + fact;
            attacks.put("update " + fact, "update " + table + " set ledger_id = 2");
            attacks.put("update no row of " + fact, "update " + table + " set ledger_id = 2 where false");
            attacks.put("delete " + fact, "delete from " + table);
            attacks.put("truncate " + fact, "truncate " + table + " cascade");
            attacks.put(
                    "overwrite on conflict " + fact,
                    "insert into " + table + " overriding system value select * from " + table
                            + " on conflict on constraint " + fact + "_pkey do update set ledger_id = 2");
            if (hasMerge) {
                String merge = "merge into " + table + " t using (select 1) s on t.ledger_id = 1 when matched then ";
                attacks.put("merge update " + fact, merge + "update set ledger_id = 2");
                attacks.put("merge delete " + fact, merge + "delete");
            }
        }
        return attacks;
    }

    private static boolean hasRight(String right, String table) throws SQLException {
        try (Connection connection = ledger.owner()) {
            return AttackedLedger.ask(
                            connection,
                            "select has_table_privilege('holdfast_app', 'holdfast." + table + "', '" + right + "')")
                    .equals("t");
        }
    }
}
