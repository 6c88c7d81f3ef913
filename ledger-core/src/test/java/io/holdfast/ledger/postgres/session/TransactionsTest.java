package io.holdfast.ledger.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.db.testing.OneConnection;
import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

class TransactionsTest {

    private TestDatabase database;
    private Connection connection;
    private Transactions transactions;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.createEmpty();
        connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        transactions = new Transactions(OneConnection.always(connection));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void a_question_leaves_no_transaction_open_without_auto_commit() throws SQLException {
        int answer = transactions.read(
                asked -> Jooq.on(asked).selectOne().fetchSingle().value1());

        assertThat(answer).isOne();
        assertThat(state()).isEqualTo(TransactionState.IDLE);
    }

    @Test
    void a_question_that_fails_leaves_no_transaction_open_either() throws SQLException {
        assertThatThrownBy(() -> transactions.read(asked -> Jooq.on(asked).fetchCount(DSL.table("nowhere"))))
                .isInstanceOf(DataAccessException.class);

        assertThat(state()).isEqualTo(TransactionState.IDLE);
    }

    private TransactionState state() throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState();
    }
}
