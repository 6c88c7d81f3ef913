package io.holdfast.ledger.hammer;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A host that keeps rows of its own beside the ledger's, in one transaction, which it may undo in part or as a whole.
 *
 * <p>What it calls later in a transaction touches no accounts but those that its first call has locked, as the ledger
 * asks of hosts; otherwise two hosts could wait for each other.
 */
final class Host {

    static final String TABLE = "create table host_row (key text primary key, entry_id uuid not null)";

    private static final String ROW = "insert into host_row (key, entry_id) values (?, ?)";
    private static final int FIRST_MAX = 8;
    private static final int NEXT_MAX = 20;

    private final Worker worker;
    private final Hand hand;
    private final Ledger ledger;
    private final Random random;

    Host(Worker worker, Hand hand, Ledger ledger, Random random) {
        this.worker = worker;
        this.hand = hand;
        this.ledger = ledger;
        this.random = random;
    }

    void transaction() {
        List<Long> numbers = hand.draw(FIRST_MAX);
        // These lock the accounts that they name, whatever has become of other commands.
        numbers.removeIf(number -> Commands.isDuel(number)
                || (worker.commands().kind(number) != Commands.Kind.POST
                        && worker.commands().kind(number) != Commands.Kind.HOLD));
        if (numbers.isEmpty()) {
            return;
        }
        Hand.Asked first = hand.ask(numbers);
        Set<Account> locked = new HashSet<>();
        numbers.forEach(number -> locked.addAll(worker.commands().accounts(number, worker.number())));
        Hand.Asked undone = hand.ask(among(locked));
        Hand.Asked last = hand.ask(among(locked));
        boolean isKept = random.nextInt(5) > 0;
        worker.answered(() -> transaction(new Plan(first, undone, last, isKept)));
    }

    /** What is done in a transaction: something, something that is undone, something again. */
    private record Plan(Hand.Asked first, Hand.Asked undone, Hand.Asked last, boolean isKept) {}

    private List<Long> among(Set<Account> locked) {
        List<Long> numbers = new ArrayList<>(hand.draw(NEXT_MAX));
        numbers.removeIf(number ->
                Commands.isDuel(number) || !locked.containsAll(worker.commands().accounts(number, worker.number())));
        return numbers;
    }

    private boolean transaction(Plan plan) throws SQLException {
        try (Connection connection = worker.pool().getConnection()) {
            connection.setAutoCommit(false);
            try {
                Ledger joined = ledger.within(connection);
                List<Result> first = joined.execute(plan.first().commands());
                keepRows(connection, first);
                Savepoint savepoint = connection.setSavepoint();
                keepRows(connection, joined.execute(plan.undone().commands()));
                connection.rollback(savepoint);
                List<Result> last = joined.execute(plan.last().commands());
                if (!plan.isKept()) {
                    connection.rollback();
                    worker.tally().add("undone");
                    return false;
                }
                connection.commit();
                plan.first().check(first);
                plan.last().check(last);
                worker.tally().add("joined");
                return true;
            } finally {
                end(connection);
            }
        }
    }

    private static void keepRows(Connection connection, List<Result> results) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(ROW)) {
            for (Result result : results) {
                if (result instanceof Result.Recorded recorded) {
                    row.setString(1, recorded.entry().key().value());
                    row.setObject(2, recorded.entry().id());
                    row.addBatch();
                }
            }
            row.executeBatch();
        }
    }

    private static void end(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException killed) {
            // The server has ended the transaction, and the pool will drop the connection.
            killed.getSQLState();
        }
    }
}
