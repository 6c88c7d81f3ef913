package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.ProviderQuestions;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.RequestResult;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WebhookDelivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that no database can keep, U+0000 or half a surrogate pair, wherever a caller can give text. */
class UnkeepableTextTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final Payout paid = bench.sent(succeeded("r?"));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r\0", "\0", "r\ud83d", "\ude00"})
    void what_asks_for_it_finds_nothing(String text) {
        Payouts payouts = bench.payouts();

        assertThat(payouts.find("one", "r?")).isPresent();
        assertThat(payouts.find("one", text)).isEmpty();
        assertThat(payouts.find(text, "r?")).isEmpty();
        assertThat(Refusals.refusal(() -> payouts.request(bench.aRequest("p").via(text)))
                        .code())
                .isEqualTo("NO_ROUTE");
        assertThat(Refusals.refusal(() -> payouts.quote(
                                QuoteRequest.of(ALICE, tzs(5_000), ASHA).via(text)))
                        .code())
                .isEqualTo("NO_ROUTE");
        List<PayoutRequest> nowhere = List.of(bench.aRequest("p").via(text));
        assertThat(payouts.check(nowhere).get(0)).isPresent();
        assertThat(payouts.requestAll(nowhere).get(0)).isInstanceOf(RequestResult.NotRequested.class);
        assertThat(bench.statement(StatementLine.paid("r?", tzs(5_000)).address(text))
                        .payout())
                .contains(paid.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"r\0", "\0", "r\ud83d", "\ude00"})
    void whatever_else_takes_it_refuses_it(String text) {
        places().forEach((place, give) -> assertThatIllegalArgumentException()
                .as(place)
                .isThrownBy(() -> give.accept(text))
                .withMessageMatching("(?s).{20,}"));
    }

    private Map<String, Consumer<String>> places() {
        Map<String, Consumer<String>> places = new LinkedHashMap<>();
        places.putAll(inPayouts());
        places.putAll(inRequests());
        places.putAll(elsewhere());
        return places;
    }

    private Map<String, Consumer<String>> inPayouts() {
        Payouts payouts = bench.payouts();
        Resolution paidSo = Resolution.succeeded("Statement, line 17");
        return Map.of(
                "as", payouts::as,
                "list", text -> payouts.list(PayoutQuery.FIRST_PAGE.wallet("liabilities:wallets:" + text)),
                "list of a whole path", text -> payouts.list(PayoutQuery.FIRST_PAGE.wallet(text)),
                "count", text -> payouts.count(PayoutQuery.FIRST_PAGE.currency(Currency.of(text, 2))),
                "resolve by evidence", text -> payouts.resolve(paid.id(), Resolution.failed(text)),
                "resolve by reference", text -> payouts.resolve(paid.id(), paidSo.reference(text)),
                "retryShortOfFloat", text -> payouts.retryShortOfFloat(text, TZS),
                "closeItem", text -> payouts.closeItem(1, text),
                "collect", text -> payouts.collect(paid.id(), Key.of(text)),
                "writeOff", text -> payouts.writeOff(paid.id(), Key.of(text)));
    }

    private Map<String, Consumer<String>> inRequests() {
        return Map.of(
                "key", text -> bench.payouts().find(new Key(text)),
                "wallet", text -> Wallets.account(text, TZS),
                "path", text -> Account.of("liabilities:" + text, TZS),
                "narration", text -> bench.aRequest("p").narration(text),
                "name of metadata", text -> bench.aRequest("p").metadata(text, "v"),
                "metadata", text -> bench.aRequest("p").metadata("n", text),
                "phone", text -> Recipient.MobileMoney.of("+255712345678" + text),
                "name", text -> Recipient.MobileMoney.of("+255712345678").named(text),
                "operator", text -> new Recipient.MobileMoney("+255712345678", "", Optional.of(text)),
                "bank", text -> new Recipient.BankAccount(text, "0150123456789", "Asha"));
    }

    private Map<String, Consumer<String>> elsewhere() {
        Instant now = bench.clock.instant();
        WebhookDelivery delivery = new WebhookDelivery(Map.of(), new byte[0], now);
        ProviderQuestions questions = bench.providerQuestions();
        return Map.of(
                "quote's key", text -> QuoteRequest.of(ALICE, tzs(5_000), ASHA).as(text),
                "feed's offset", text -> bench.feed().offset(text),
                "feed's advance", text -> bench.feed().advance(text, 0),
                "statement's provider", text -> bench.statement(text, List.of()),
                "statement's reference", text -> StatementLine.paid(text, tzs(5_000)),
                "list's provider", text -> bench.reconciliation().withList(text, now, now),
                "webhook's provider", text -> bench.webhooks().receive(text, delivery),
                "balance", text -> questions.balance(text, TZS),
                "fee", text -> questions.fee(text, tzs(5_000), ASHA),
                "availability", text -> questions.availability(text));
    }
}
