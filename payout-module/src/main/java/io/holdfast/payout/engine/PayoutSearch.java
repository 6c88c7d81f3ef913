package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_INTENT;
import static io.holdfast.db.generated.Tables.PAYOUT_STATE;

import io.holdfast.db.generated.Routines;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Finds the payouts of a query. A page is merged of what one index each has in order, that of one account's payouts, of one
 * status's or of all, and reads little more than what it and the pages before it show. Two kinds of query also pass over what an
 * index has and they do not find, which may be all of it where they find little: of a currency without a wallet, and of a
 * wallet's payouts in some statuses.
 */
final class PayoutSearch {

    private final int ledgerId;
    private final AccountStore accounts;

    PayoutSearch(int ledgerId, AccountStore accounts) {
        this.ledgerId = ledgerId;
        this.accounts = accounts;
    }

    /**
     * A part of a query whose payouts one index has in order.
     *
     * @param accounts those of the wallet that the query names, if it names one
     */
    private record Part(PayoutQuery query, Optional<List<Long>> accounts) {

        /** Returns the parts of which this one's first payouts are merged. */
        List<Part> split() {
            // Asked for several at once the server reads and sorts all that there are, however short the page is.
            return accounts.map(numbers -> numbers.stream()
                            .map(number -> new Part(query, Optional.of(List.of(number))))
                            .toList())
                    .orElseGet(() -> query.statuses().size() < 2
                            ? List.of(this)
                            : query.statuses().stream()
                                    .map(status -> new Part(query.status(status), Optional.empty()))
                                    .toList());
        }

        /** Returns where to look: by status in the index of states, by account and time in those of intents. */
        Table<?> table() {
            if (query.statuses().isEmpty()) {
                return PAYOUT_INTENT;
            }
            return accounts.isEmpty() ? PAYOUT_STATE : PAYOUT;
        }
    }

    /** Returns the payouts of a query's page, in its order. */
    List<UUID> page(DSLContext db, PayoutQuery query) {
        long most = (long) query.offset() + query.limit();
        return whole(db, query).split().stream()
                .map(part -> first(db, part, most))
                .reduce(Select::unionAll)
                .map(first -> page(db, query, first.asTable("candidate")))
                .orElse(List.of());
    }

    private static List<UUID> page(DSLContext db, PayoutQuery query, Table<?> candidates) {
        Field<UUID> id = column(candidates, PAYOUT.PAYOUT_ID);
        return db.select(id)
                .from(candidates)
                .orderBy(order(query, column(candidates, PAYOUT.CREATED_AT), id))
                .limit(query.limit())
                .offset(query.offset())
                .fetch(id);
    }

    /** Returns how many a query finds in all: of all payouts, or those of some statuses, that is kept. */
    long count(DSLContext db, PayoutQuery query) {
        boolean isKept = query.wallet().isEmpty()
                && query.currency().isEmpty()
                && query.from().isEmpty()
                && query.to().isEmpty();
        Set<PayoutStatus> asked = query.statuses().isEmpty() ? Set.of(PayoutStatus.values()) : query.statuses();
        String[] statuses = asked.stream().map(PayoutStatus::name).toArray(String[]::new);
        Optional<Long> kept = isKept
                ? Optional.ofNullable(Routines.countPayouts(db.configuration(), ledgerId, statuses))
                : Optional.empty();
        return kept.orElseGet(() -> {
            Part whole = whole(db, query);
            return (long) db.fetchCount(whole.table(), condition(whole));
        });
    }

    private Part whole(DSLContext db, PayoutQuery query) {
        return new Part(query, query.wallet().map(path -> accounts.numbers(db, path, query.currency())));
    }

    /** Returns when the first of a part were requested, and their ids. */
    private Select<Record2<Instant, UUID>> first(DSLContext db, Part part, long most) {
        Table<?> table = part.table();
        Field<Instant> createdAt = column(table, PAYOUT.CREATED_AT);
        Field<UUID> id = column(table, PAYOUT.PAYOUT_ID);
        return db.select(createdAt, id)
                .from(table)
                .where(condition(part))
                .orderBy(order(part.query(), createdAt, id))
                .limit(most);
    }

    /** Returns the order in which the indexes have payouts, or its reverse: they can be read backwards too. */
    private static List<SortField<?>> order(PayoutQuery query, Field<Instant> createdAt, Field<UUID> id) {
        SortOrder direction = query.order() == PayoutQuery.Order.NEWEST_FIRST ? SortOrder.DESC : SortOrder.ASC;
        return List.of(createdAt.sort(direction), id.sort(direction));
    }

    private static <T> Field<T> column(Table<?> table, Field<T> ofPayout) {
        return Optional.ofNullable(table.field(ofPayout)).orElseThrow();
    }

    private Condition condition(Part part) {
        PayoutQuery query = part.query();
        Table<?> table = part.table();
        Field<Instant> createdAt = column(table, PAYOUT.CREATED_AT);
        List<Condition> conditions =
                new ArrayList<>(List.of(column(table, PAYOUT.LEDGER_ID).eq(ledgerId)));
        if (!query.statuses().isEmpty()) {
            conditions.add(column(table, PAYOUT.STATUS)
                    .in(query.statuses().stream().map(PayoutStatus::name).toList()));
        }
        part.accounts()
                .ifPresent(numbers ->
                        conditions.add(column(table, PAYOUT.ACCOUNT_ID).in(numbers)));
        query.currency()
                .filter(only -> part.accounts().isEmpty())
                .ifPresent(only -> conditions.add(
                        table.equals(PAYOUT_STATE)
                                ? ofIntent(only.code())
                                : ofAccount(PAYOUT_INTENT.ACCOUNT_ID, only.code())));
        query.from().ifPresent(from -> conditions.add(createdAt.ge(from)));
        query.to().ifPresent(to -> conditions.add(createdAt.lt(to)));
        return DSL.and(conditions);
    }

    /** Asks for the currency of a state's payout. */
    private Condition ofIntent(String currency) {
        return DSL.exists(DSL.selectOne()
                .from(PAYOUT_INTENT)
                .where(PAYOUT_INTENT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_INTENT.PAYOUT_ID.eq(PAYOUT_STATE.PAYOUT_ID))
                .and(ofAccount(PAYOUT_INTENT.ACCOUNT_ID, currency)));
    }

    private Condition ofAccount(Field<Long> number, String currency) {
        return DSL.exists(DSL.selectOne()
                .from(ACCOUNT)
                .where(ACCOUNT.LEDGER_ID.eq(ledgerId))
                .and(ACCOUNT.ACCOUNT_ID.eq(number))
                .and(ACCOUNT.CURRENCY.eq(currency)));
    }
}
