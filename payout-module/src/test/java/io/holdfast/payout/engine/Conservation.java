package io.holdfast.payout.engine;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutStatus;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * No money is made or lost, over all accounts of alice's payouts at one moment: what left her wallet left a bank's float or is
 * our fee, what stands in suspense beside that was really paid, and nothing is booked that no bank did.
 *
 * <p>What banks did is read after the books, and only what grows of it, so this holds while others are at work, too.
 */
final class Conservation implements Check {

    private final List<ModelBank> banks;

    Conservation(List<ModelBank> banks) {
        this.banks = banks;
    }

    @Override
    public String name() {
        return "money-is-conserved";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) throws SQLException {
        findings.examined(1);
        broken(connection, ledgerId).forEach(findings::failed);
    }

    /** Returns what does not hold of a ledger now. */
    List<Failure> broken(DataSource database, String ledger) {
        try (Connection connection = database.getConnection();
                PreparedStatement named =
                        connection.prepareStatement("select ledger_id from holdfast.ledger where name = ?")) {
            named.setString(1, ledger);
            try (ResultSet row = named.executeQuery()) {
                row.next();
                return broken(connection, row.getInt(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Failure> broken(Connection connection, int ledgerId) throws SQLException {
        Books books = new Books(connection, ledgerId);
        Equations equations = new Equations(new ArrayList<>());
        equations.expect(
                "wallet",
                books.debits(Wallets.SETTLEMENT)
                        .add(books.debits(PayoutAccounts.DEFAULTS.latePayouts(PayoutBench.ALICE)))
                        .subtract(books.spent),
                books.debits(PayoutBench.ALICE.path()).negate());
        equations.expect("held of the wallet", books.holding, books.held);
        equations.expect(
                "our fees", books.earned, books.debits("revenue:payout-fees").negate());
        for (ModelBank bank : banks) {
            compare(books, bank, equations);
        }
        equations.expect("all other accounts", BigDecimal.ZERO, books.others());
        return equations.broken();
    }

    private static void compare(Books books, ModelBank bank, Equations equations) {
        String name = bank.name();
        BigDecimal left = books.debits(PayoutAccounts.DEFAULTS.providerFloat(name));
        BigDecimal fees = books.debits(PayoutAccounts.DEFAULTS.providerFees(name));
        BigDecimal suspense = books.debits(PayoutAccounts.DEFAULTS.suspense(name));
        equations.expect(
                "float, suspense and fees of " + name,
                books.settled.getOrDefault(name, BigDecimal.ZERO).negate(),
                left.add(suspense).add(fees));
        equations.expect("fees of " + name, books.charged.getOrDefault(name, BigDecimal.ZERO), fees);
        BigDecimal ever = BigDecimal.ZERO;
        BigDecimal beside = BigDecimal.ZERO;
        for (Map.Entry<String, Money> one :
                bank.books(ModelBooks::everTakenByReference).entrySet()) {
            BigDecimal taken = new BigDecimal(one.getValue().minor());
            ever = ever.add(taken);
            beside = books.settling.contains(name + " " + one.getKey()) ? beside : beside.add(taken);
        }
        equations.expectUpTo("suspense of " + name, beside, suspense);
        equations.expectUpTo("taken from the float of " + name, ever, left.negate());
    }

    /** What should hold, and what does not. */
    private record Equations(List<Failure> broken) {

        void expect(String what, BigDecimal expected, BigDecimal found) {
            if (expected.compareTo(found) != 0) {
                broken.add(new Failure(what, "total", expected.toString(), found.toString()));
            }
        }

        void expectUpTo(String what, BigDecimal most, BigDecimal found) {
            if (found.signum() < 0 || found.compareTo(most) > 0) {
                broken.add(new Failure(what, "total", "0 to " + most, found.toString()));
            }
        }
    }

    /** What stands on each account, and what payouts say of it. */
    private static final class Books {

        private static final String BALANCES = "select a.path, b.available + b.held, b.held"
                + " from holdfast.balance b join holdfast.account a using (ledger_id, account_id) where ledger_id = ?";
        private static final String PAYOUTS =
                "select p.status, p.amount, p.fee, p.reversed, t.provider, t.provider_reference"
                        + " from holdfast.payout p left join holdfast.payout_attempt t"
                        + " on t.ledger_id = p.ledger_id and t.payout_id = p.payout_id and t.state = 'SETTLED'"
                        + " where p.ledger_id = ?";
        private static final String FEES = "select provider, sum(fee_booked - fee_refunded)"
                + " from holdfast.payout_attempt where ledger_id = ? and state <> 'SURPLUS' group by provider";

        private final Map<String, BigDecimal> debits = new HashMap<>();
        private final Set<String> unasked = new HashSet<>();
        /** What the payouts that a bank paid have cost, without fees, less what came back. */
        private final Map<String, BigDecimal> settled = new HashMap<>();

        private final Map<String, BigDecimal> charged = new HashMap<>();
        /** Bank and reference of each payment that settles a payout. */
        private final Set<String> settling = new HashSet<>();

        private BigDecimal held = BigDecimal.ZERO;
        private BigDecimal holding = BigDecimal.ZERO;
        private BigDecimal earned = BigDecimal.ZERO;
        private BigDecimal spent = BigDecimal.ZERO;

        Books(Connection connection, int ledgerId) throws SQLException {
            try (PreparedStatement balances = connection.prepareStatement(BALANCES);
                    PreparedStatement payouts = connection.prepareStatement(PAYOUTS);
                    PreparedStatement fees = connection.prepareStatement(FEES)) {
                for (ResultSet row = rows(balances, ledgerId); row.next(); ) {
                    String path = row.getString(1);
                    boolean isDebit = path.startsWith("assets:") || path.startsWith("expenses:");
                    debits.put(
                            path,
                            isDebit
                                    ? row.getBigDecimal(2)
                                    : row.getBigDecimal(2).negate());
                    held = held.add(row.getBigDecimal(3));
                }
                unasked.addAll(debits.keySet());
                for (ResultSet row = rows(payouts, ledgerId); row.next(); ) {
                    add(row);
                }
                for (ResultSet row = rows(fees, ledgerId); row.next(); ) {
                    charged.put(row.getString(1), row.getBigDecimal(2));
                }
            }
        }

        private static ResultSet rows(PreparedStatement statement, int ledgerId) throws SQLException {
            statement.setInt(1, ledgerId);
            return statement.executeQuery();
        }

        private void add(ResultSet payout) throws SQLException {
            PayoutStatus status = PayoutStatus.valueOf(payout.getString(1));
            BigDecimal amount = payout.getBigDecimal(2);
            BigDecimal fee = payout.getBigDecimal(3);
            if (status.isHolding()) {
                holding = holding.add(amount).add(fee);
            } else if (status == PayoutStatus.SUCCEEDED || status == PayoutStatus.REVERSED) {
                BigDecimal left = amount.subtract(payout.getBigDecimal(4));
                BigDecimal ours = status == PayoutStatus.SUCCEEDED ? fee : BigDecimal.ZERO;
                String bank = payout.getString(5);
                settled.merge(bank, left, BigDecimal::add);
                settling.add(bank + " " + payout.getString(6));
                earned = earned.add(ours);
                spent = spent.add(left).add(ours);
            }
        }

        /** Returns what was debited to an account less what was credited to it. */
        BigDecimal debits(String path) {
            unasked.remove(path);
            return debits.getOrDefault(path, BigDecimal.ZERO);
        }

        /** Returns what stands on accounts that nobody has asked for so far. */
        BigDecimal others() {
            return unasked.stream()
                    .map(path -> debits.getOrDefault(path, BigDecimal.ZERO).abs())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}
