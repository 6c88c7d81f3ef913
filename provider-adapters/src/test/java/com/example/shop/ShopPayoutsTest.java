package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refused;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.provider.snippe.SnippeProvider;
import io.holdfast.provider.snippe.SnippeSettings;
import io.holdfast.sandbox.postgres.EmbeddedDatabase;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shop, with a seller of TZS 50,000, on a real database, Snippe being played over real HTTP. */
class ShopPayoutsTest {

    private static final Recipient ASHA =
            Recipient.MobileMoney.of("+255712345678").named("Asha Juma");
    private static final Clock CLOCK = Clock.systemUTC();

    private final EmbeddedDatabase database = EmbeddedDatabase.temporary();
    private final HikariDataSource pool = Transactions.pool(database.jdbcUrl());
    private final ExecutorService webhookThreads = Executors.newFixedThreadPool(4);
    private final Simulator snippe = SnippeSimulator.start(
            SimulatorSettings.with(CLOCK).settlingAfter(Duration.ofMillis(500)).tickingEvery(Duration.ofMillis(50)),
            io.holdfast.sandbox.snippe.SnippeSettings.account());
    private HttpServer server;
    private URI webhooks;
    private ShopPayouts shop;
    private CashOuts cashOuts;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(webhookThreads);
        webhooks = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + WebhookEndpoint.PATH);
        shop = new ShopPayouts(
                pool,
                new SnippeProvider(SnippeSettings.builder("snp_test_key")
                        .baseUrl(snippe.baseUrl())
                        .webhookSecret("whsec_test")
                        .webhookUrl(webhooks.resolve("snippe"))
                        .build()));
        server.createContext(
                WebhookEndpoint.PATH, new WebhookEndpoint(shop.engine().webhooks(), Set.of("snippe"), CLOCK));
        server.start();
        Transactions transactions = new Transactions(pool);
        transactions.run(connection -> connection.createStatement().execute(CashOuts.TABLES));
        cashOuts = new CashOuts(transactions, shop.engine());
        shop.wallets().open("asha", ShopPayouts.TZS);
        shop.wallets().fund("asha", Money.parse("TZS 50000"), "sales-of-march");
    }

    /** Nothing new comes in, then nothing new goes out, then the pool. */
    @AfterEach
    void stop() {
        server.stop(1);
        webhookThreads.shutdown();
        shop.close();
        pool.close();
        snippe.close();
        database.close();
    }

    @Test
    void a_cash_out_is_paid_and_told_once_as_the_provider_calls() throws Exception {
        Payout payout = cashOuts.request("c1", "asha", Money.parse("TZS 5000"), ASHA);
        cashOuts.request("c1", "asha", Money.parse("TZS 5000"), ASHA);

        for (int tries = 1; tries <= 600 && count("select count(*) from message") == 0; tries++) {
            cashOuts.follow();
            Thread.sleep(50);
        }
        cashOuts.follow();

        assertThat(shop.engine().payouts().find(payout.id()).orElseThrow().status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(shop.engine().payouts().history(payout.id()))
                .anyMatch(happened -> happened.to() == PayoutStatus.SUCCEEDED && happened.cause() == Cause.WEBHOOK);
        assertThat(snippe.payments()).hasSize(1);
        assertThat(shop.wallets().balance("asha", ShopPayouts.TZS).total()).isEqualTo(Money.parse("TZS 43500"));
        assertThat(count("select count(*) from message")).isEqualTo(1);
        assertThat(count("select count(*) from cash_out where state = 'SUCCEEDED'"))
                .isEqualTo(1);
    }

    @Test
    void a_refused_cash_out_leaves_no_row_of_either() throws SQLException {
        assertThatThrownBy(() -> cashOuts.request("c2", "asha", Money.parse("TZS 60000"), ASHA))
                .isInstanceOf(Refused.class)
                .matches(refused -> !Transactions.isWorthAnotherTry(refused));

        assertThat(count("select count(*) from cash_out")).isZero();
        assertThat(count("select count(*) from holdfast.payout")).isZero();
    }

    @Test
    void who_pays_from_a_wallet_that_an_open_transaction_holds_waits_for_the_lock_timeout_only() throws SQLException {
        PayoutRequest first =
                PayoutRequest.of("c3", Wallets.account("asha", ShopPayouts.TZS), Money.parse("TZS 5000"), ASHA);
        PayoutRequest second =
                PayoutRequest.of("c4", Wallets.account("asha", ShopPayouts.TZS), Money.parse("TZS 6000"), ASHA);

        try (Connection forgotten = pool.getConnection()) {
            forgotten.setAutoCommit(false);
            shop.engine().payouts().within(forgotten).request(first);
            Throwable failure = catchThrowable(() -> shop.engine().payouts().request(second));

            assertThat(Transactions.sqlState(failure)).contains("55P03");
            assertThat(Transactions.isWorthAnotherTry(failure)).isTrue();
            forgotten.rollback();
        }
        assertThat(shop.engine().payouts().request(second).status()).isEqualTo(PayoutStatus.PENDING);
    }

    @Test
    void a_call_that_nobody_signed_is_refused_and_so_is_one_to_a_provider_that_is_not_there() throws Exception {
        assertThat(call("snippe")).isEqualTo(401);
        assertThat(call("nobody")).isEqualTo(404);
    }

    private int call(String provider) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(webhooks.resolve(provider))
                .POST(BodyPublishers.ofString("{\"type\":\"payout.completed\"}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private long count(String question) throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet answer = connection.createStatement().executeQuery(question)) {
            answer.next();
            return answer.getLong(1);
        }
    }
}
