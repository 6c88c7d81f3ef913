package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Feature;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import java.util.HashSet;

/** A payout of its own ledger, brought to where its processor is to be killed. */
final class Crash {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration YEARS = Duration.ofDays(3_650);

    private final CrashCase moment;
    private final ProviderBench bench;
    private final Payout payout;

    Crash(TestDatabase database, PlayedProvider played, CrashCase moment) {
        this.moment = moment;
        this.bench = new ProviderBench(database, played);
        this.payout = bench.request();
        switch (moment.before()) {
            case NEW -> {}
            case ACCEPTED -> begin();
            case LOST_THOUGH_EXECUTED -> begin(Fault.RESET_AFTER_EXECUTING);
            case LOST_AND_NOT_EXECUTED -> begin(Fault.RESET_WITHOUT_EXECUTING);
        }
        moment.fault().ifPresent(bench.simulator::next);
    }

    private void begin(Fault... faults) {
        bench.simulator.next(faults);
        bench.run();
        bench.simulator.advance(SOON);
    }

    /** Returns the processor that is to be killed. */
    DoomedProcess.Doomed doomed() {
        return new DoomedProcess.Doomed(bench, moment.step());
    }

    /** After the kill: nothing is lost, and another processor brings the payout as far as it can be brought. */
    void isFinishedByAnother() {
        try (bench) {
            boolean executed = !bench.simulator.payouts().isEmpty();
            bench.assertBooks();
            bench.assertWallet(
                    moment.isRefusedForCertain() ? 20_000 : 13_500, moment.isRefusedForCertain() ? 0 : 6_500);

            Payout end = bench.runToTheEnd(payout);
            if (end.status() == PayoutStatus.UNKNOWN) {
                end = bench.runAfter(YEARS, payout);
            }

            assertThat(end.status()).isEqualTo(expected(executed));
            int proven = moment.isShortOfFloat() || moment.isPutOff() ? 1 : 0;
            assertThat(new HashSet<>(bench.creates())).hasSizeLessThanOrEqualTo(moment.isShortOfFloat() ? 2 : 1);
            assertThat(bench.creates())
                    .hasSizeLessThanOrEqualTo(proven + (can().resend().isPossible() ? 3 : 1));
            assertThat(bench.items(payout).contains(PayoutItem.Kind.FLOAT_SHORT))
                    .isEqualTo(moment.isShortOfFloat());
            bench.assertBooks();
            switch (end.status()) {
                case SUCCEEDED -> {
                    bench.assertPaidOnce();
                    bench.assertKeptHidden();
                }
                case FAILED -> bench.assertNothingPaid();
                default -> {
                    assertThat(bench.paid()).hasSize(executed ? 1 : 0);
                    bench.assertWallet(13_500, 6_500);
                }
            }
        }
    }

    /** What an adapter declares is what can be found out; what cannot stays held, for a person. */
    private PayoutStatus expected(boolean executed) {
        if (moment.isRefusedForCertain()) {
            return PayoutStatus.FAILED;
        }
        boolean isFound = can().resend().isPossible() || (executed && can().has(Feature.LIST));
        return moment.isInDoubt() && !isFound ? PayoutStatus.REVIEW : PayoutStatus.SUCCEEDED;
    }

    private Capabilities can() {
        return bench.capabilities();
    }

    @Override
    public String toString() {
        return moment.toString();
    }
}
