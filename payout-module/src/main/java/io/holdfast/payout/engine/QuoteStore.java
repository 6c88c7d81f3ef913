package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_QUOTE;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.spi.Recipient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Writes and reads quotes. */
final class QuoteStore {

    private final int ledgerId;

    QuoteStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** A quote, whom it is for, and which payout was requested by it. */
    record Given(
            PayoutQuote quote,
            String type,
            String address,
            String bank,
            Optional<String> operator,
            Optional<Key> usedBy) {

        boolean isFor(Recipient recipient) {
            return recipient.channel().name().equals(type)
                    && recipient.address().equals(address)
                    && Recipients.bank(recipient).orElse("").equals(bank)
                    && Recipients.operator(recipient).equals(operator);
        }
    }

    void insert(DSLContext db, PayoutQuote quote, Recipient recipient, long wallet, String actor) {
        db.insertInto(PAYOUT_QUOTE)
                .set(PAYOUT_QUOTE.LEDGER_ID, ledgerId)
                .set(PAYOUT_QUOTE.QUOTE_ID, quote.id())
                .set(PAYOUT_QUOTE.ACCOUNT_ID, wallet)
                .set(PAYOUT_QUOTE.AMOUNT, quote.amount().minor())
                .set(PAYOUT_QUOTE.FEE, quote.fee().minor())
                .set(PAYOUT_QUOTE.PAYER, quote.payer().name())
                .set(PAYOUT_QUOTE.RECIPIENT_TYPE, recipient.channel().name())
                .set(PAYOUT_QUOTE.RECIPIENT_ADDRESS, recipient.address())
                .set(PAYOUT_QUOTE.RECIPIENT_BANK, Recipients.bank(recipient).orElse(null))
                .set(
                        PAYOUT_QUOTE.RECIPIENT_OPERATOR,
                        Recipients.operator(recipient).orElse(null))
                .set(PAYOUT_QUOTE.PROVIDER, quote.provider().orElse(null))
                .set(PAYOUT_QUOTE.ROUTES, quote.routes().toArray(String[]::new))
                .set(PAYOUT_QUOTE.ACTOR, actor)
                .set(PAYOUT_QUOTE.CREATED_AT, quote.createdAt())
                .set(PAYOUT_QUOTE.EXPIRES_AT, quote.expiresAt())
                .execute();
    }

    /** Returns quotes, of those there are. */
    Map<UUID, Given> find(DSLContext db, Collection<UUID> quotes) {
        if (quotes.isEmpty()) {
            return Map.of();
        }
        return db
                .select(PAYOUT_QUOTE.fields())
                .select(PAYOUT.KEY, ACCOUNT.PATH, ACCOUNT.CURRENCY, ACCOUNT.EXPONENT)
                .from(PAYOUT_QUOTE)
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(PAYOUT_QUOTE.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT_QUOTE.ACCOUNT_ID))
                .leftJoin(PAYOUT)
                .on(PAYOUT.LEDGER_ID.eq(PAYOUT_QUOTE.LEDGER_ID), PAYOUT.QUOTE_ID.eq(PAYOUT_QUOTE.QUOTE_ID))
                .where(PAYOUT_QUOTE.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_QUOTE.QUOTE_ID.eq(DSL.any(quotes.toArray(UUID[]::new))))
                .fetch(QuoteStore::given)
                .stream()
                .collect(Collectors.toMap(given -> given.quote().id(), given -> given));
    }

    private static Given given(Record row) {
        Currency currency = Currency.of(row.get(ACCOUNT.CURRENCY), row.get(ACCOUNT.EXPONENT));
        PayoutQuote quote = new PayoutQuote(
                row.get(PAYOUT_QUOTE.QUOTE_ID),
                Account.of(row.get(ACCOUNT.PATH), currency),
                Money.ofMinor(currency, row.get(PAYOUT_QUOTE.AMOUNT)),
                Money.ofMinor(currency, row.get(PAYOUT_QUOTE.FEE)),
                Payer.valueOf(row.get(PAYOUT_QUOTE.PAYER)),
                Optional.ofNullable(row.get(PAYOUT_QUOTE.PROVIDER)),
                List.of(row.get(PAYOUT_QUOTE.ROUTES)),
                row.get(PAYOUT_QUOTE.CREATED_AT),
                row.get(PAYOUT_QUOTE.EXPIRES_AT));
        return new Given(
                quote,
                row.get(PAYOUT_QUOTE.RECIPIENT_TYPE),
                row.get(PAYOUT_QUOTE.RECIPIENT_ADDRESS),
                Optional.ofNullable(row.get(PAYOUT_QUOTE.RECIPIENT_BANK)).orElse(""),
                Optional.ofNullable(row.get(PAYOUT_QUOTE.RECIPIENT_OPERATOR)),
                Optional.ofNullable(row.get(PAYOUT.KEY)).map(Key::new));
    }
}
