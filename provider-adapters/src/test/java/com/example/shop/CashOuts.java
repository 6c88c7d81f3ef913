package com.example.shop;

import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutEvent;
import io.holdfast.payout.PayoutFeed;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.Recipient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What sellers have paid out, in the shop's own tables. */
final class CashOuts {

    static final String TABLES = """
            create table cash_out (id text primary key, seller text not null, state text not null);
            create table message (number bigint primary key, cash_out text not null, state text not null)""";

    private static final String CONSUMER = "cash-outs";
    private static final int EVENTS_MAX = 100;

    private final Transactions transactions;
    private final PayoutEngine engine;

    CashOuts(Transactions transactions, PayoutEngine engine) {
        this.transactions = transactions;
        this.engine = engine;
    }

    /**
     * Records a cash-out and its payout, or neither. Both have the same id, so that it may be called again.
     *
     * @throws io.holdfast.ledger.Refused if a rule says no, and nothing was written
     */
    Payout request(String id, String seller, Money amount, Recipient recipient) throws SQLException {
        PayoutRequest request = PayoutRequest.of(id, Wallets.account(seller, amount.currency()), amount, recipient);
        return transactions.run(connection -> {
            String row = "insert into cash_out values (?, ?, 'REQUESTED') on conflict do nothing";
            try (PreparedStatement insert = connection.prepareStatement(row)) {
                insert.setString(1, id);
                insert.setString(2, seller);
                insert.executeUpdate();
            }
            return engine.payouts().within(connection).as("shop").request(request);
        });
    }

    /** Takes in what has happened since the last time, exactly once, and returns how much it was. */
    int follow() throws SQLException {
        return transactions.run(connection -> {
            PayoutFeed feed = engine.feed().within(connection);
            List<PayoutEvent> events = feed.after(feed.offset(CONSUMER), EVENTS_MAX);
            for (PayoutEvent event : events) {
                PayoutTransition happened = event.transition();
                if (happened.to().hasEnded() && !happened.from().equals(Optional.of(happened.to()))) {
                    tell(connection, event);
                }
                feed.advance(CONSUMER, event.number());
            }
            return events.size();
        });
    }

    private static void tell(Connection connection, PayoutEvent event) throws SQLException {
        String state = event.transition().to().name();
        String id = event.key().value();
        try (PreparedStatement update = connection.prepareStatement("update cash_out set state = ? where id = ?");
                PreparedStatement insert = connection.prepareStatement("insert into message values (?, ?, ?)")) {
            update.setString(1, state);
            update.setString(2, id);
            update.executeUpdate();
            insert.setLong(1, event.number());
            insert.setString(2, id);
            insert.setString(3, state);
            insert.executeUpdate();
        }
    }
}
