package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.provider.nkwa.NkwaProvider;
import io.holdfast.provider.rohopay.RohoPayProvider;
import io.holdfast.provider.snippe.SnippeProvider;
import io.holdfast.provider.wistfare.WistfareProvider;
import io.holdfast.provider.zopay.ZopayProvider;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.nkwa.NkwaSettings;
import io.holdfast.sandbox.nkwa.NkwaSimulator;
import io.holdfast.sandbox.rohopay.RohoPaySettings;
import io.holdfast.sandbox.rohopay.RohoPaySimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import io.holdfast.sandbox.wistfare.WistfareSettings;
import io.holdfast.sandbox.wistfare.WistfareSimulator;
import io.holdfast.sandbox.zopay.ZopaySettings;
import io.holdfast.sandbox.zopay.ZopaySimulator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider that plays in the demo.
 *
 * @param title its name for people
 * @param currency in which it pays here
 * @param simulator what plays it
 * @param account the simulator's account that pays
 * @param adapter reaches it
 */
record DemoCast(String title, Currency currency, Simulator simulator, String account, PayoutProvider adapter)
        implements AutoCloseable {

    private static final Currency TZS = Currency.of("TZS");
    private static final Currency XAF = Currency.of("XAF");
    private static final Currency RWF = Currency.of("RWF");
    private static final long PREFUNDED = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Starts all of them; their time is that of the clock. */
    static List<DemoCast> open(MovableClock clock) {
        SimulatorSettings settings = SimulatorSettings.with(clock);
        return List.of(snippe(settings), rohopay(settings), nkwa(settings), zopay(settings), wistfare(settings));
    }

    private static DemoCast snippe(SimulatorSettings settings) {
        SnippeSettings account = SnippeSettings.account().openingBalance(PREFUNDED);
        Simulator simulator = SnippeSimulator.start(settings, account);
        SnippeProvider adapter = new SnippeProvider(io.holdfast.provider.snippe.SnippeSettings.builder(account.apiKey())
                .baseUrl(simulator.baseUrl())
                .exchangeTimeout(PATIENCE)
                .reversalRefundsFee() // as the simulator does
                .build());
        return new DemoCast("Snippe", TZS, simulator, SnippeSimulator.ACCOUNT, adapter);
    }

    private static DemoCast rohopay(SimulatorSettings settings) {
        RohoPaySettings account = RohoPaySettings.account().wallet(TZS.code(), PREFUNDED);
        Simulator simulator = RohoPaySimulator.start(settings, account);
        RohoPayProvider adapter =
                new RohoPayProvider(io.holdfast.provider.rohopay.RohoPaySettings.builder(account.liveKey())
                        .baseUrl(simulator.baseUrl())
                        .exchangeTimeout(PATIENCE)
                        .wireScale(TZS, 0)
                        .build());
        return new DemoCast("RohoPay", TZS, simulator, TZS.code(), adapter);
    }

    private static DemoCast nkwa(SimulatorSettings settings) {
        NkwaSettings account = NkwaSettings.account().openingBalance(PREFUNDED);
        Simulator simulator = NkwaSimulator.start(settings, account);
        NkwaProvider adapter = new NkwaProvider(io.holdfast.provider.nkwa.NkwaSettings.builder(account.apiKey())
                .baseUrl(simulator.baseUrl())
                .exchangeTimeout(PATIENCE)
                .build());
        return new DemoCast("Nkwa", XAF, simulator, NkwaSimulator.ACCOUNT, adapter);
    }

    private static DemoCast wistfare(SimulatorSettings settings) {
        WistfareSettings account = WistfareSettings.account().openingBalance(PREFUNDED);
        Simulator simulator = WistfareSimulator.start(settings, account);
        WistfareProvider adapter = new WistfareProvider(io.holdfast.provider.wistfare.WistfareSettings.builder(
                        account.apiKey(), account.businessId(), account.walletId())
                .baseUrl(simulator.baseUrl())
                .reversalRefundsFee() // as the simulator does
                .exchangeTimeout(PATIENCE)
                .build());
        return new DemoCast("Wistfare", RWF, simulator, WistfareSimulator.ACCOUNT, adapter);
    }

    private static DemoCast zopay(SimulatorSettings settings) {
        ZopaySettings account = ZopaySettings.account().openingBalance(PREFUNDED);
        Simulator simulator = ZopaySimulator.start(settings, account);
        ZopayProvider adapter = new ZopayProvider(
                io.holdfast.provider.zopay.ZopaySettings.builder(account.apiKey(), account.secret(), account.origin())
                        .baseUrl(simulator.baseUrl())
                        .exchangeTimeout(PATIENCE)
                        .freshness(new io.holdfast.provider.zopay.ZopaySettings.Freshness(
                                settings.clock(), new Nonces(settings.seed())::next))
                        .build());
        return new DemoCast("Zopay", XAF, simulator, ZopaySimulator.ACCOUNT, adapter);
    }

    /** Texts that were never made before in this demo. */
    private static final class Nonces {

        private final AtomicLong number;

        Nonces(long first) {
            number = new AtomicLong(first);
        }

        String next() {
            return "demo-" + number.incrementAndGet();
        }
    }

    String name() {
        return adapter.name();
    }

    /** Returns the account of our books that says what we have prefunded here. */
    Account floatHere() {
        return Account.of(PayoutAccounts.DEFAULTS.providerFloat(name()), currency);
    }

    /** Returns what we have prefunded here, as the provider has it. */
    Money floatThere() {
        return Money.of(currency, simulator.balance(account));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
