package io.holdfast.audit;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.CURRENCY;

import io.holdfast.ledger.Currency;
import java.sql.Connection;
import java.util.Map;
import org.jooq.DSLContext;

/** Every account has the decimals of its currency: the ledger's own, or ISO 4217's. */
final class CurrencyCheck implements Check {

    @Override
    public String name() {
        return "currencies";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Audit.on(connection);
        Map<String, Short> own = db.select(CURRENCY.CODE, CURRENCY.EXPONENT)
                .from(CURRENCY)
                .where(CURRENCY.LEDGER_ID.eq(ledgerId))
                .fetchMap(CURRENCY.CODE, CURRENCY.EXPONENT);
        try (var accounts = db.select(ACCOUNT.PATH, ACCOUNT.CURRENCY, ACCOUNT.EXPONENT)
                .from(ACCOUNT)
                .where(ACCOUNT.LEDGER_ID.eq(ledgerId))
                .orderBy(ACCOUNT.ACCOUNT_ID)
                .fetchSize(Audit.FETCH_SIZE)
                .fetchLazy()) {
            long examined = 0;
            for (var account : accounts) {
                String code = account.value2();
                String expected = own.containsKey(code)
                        ? own.get(code).toString()
                        : Currency.isIso(code)
                                ? Integer.toString(Currency.of(code).exponent())
                                : "a currency of the ledger";
                if (!expected.equals(account.value3().toString())) {
                    findings.failed(new Failure(
                            "account " + account.value1() + " " + code,
                            "exponent",
                            expected,
                            account.value3().toString()));
                }
                examined++;
            }
            findings.examined(examined);
        }
    }
}
