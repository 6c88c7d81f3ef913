package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.PostgresLedger;
import org.junit.jupiter.api.Test;

class PayoutEngineTest {

    @Test
    void a_ledger_of_another_database_is_told_by_name() {
        try (TestDatabase ledgers = TestDatabase.create();
                TestDatabase other = TestDatabase.create()) {
            Ledger ledger =
                    PostgresLedger.over(ledgers.dataSource()).ledger("main").build();

            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> PayoutEngine.over(other.dataSource(), ledger).build())
                    .withMessage(
                            "There is no ledger \"main\" in this database: give the data source that the ledger was"
                                    + " built over");
        }
    }
}
