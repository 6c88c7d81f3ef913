package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.provider.nkwa.PlayedNkwa;
import io.holdfast.provider.rohopay.PlayedRohoPay;
import io.holdfast.provider.snippe.PlayedSnippe;
import io.holdfast.provider.wistfare.PlayedWistfare;
import io.holdfast.provider.zopay.PlayedZopay;
import io.holdfast.sandbox.simulator.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Processors in processes of their own, killed at each step of a payout through each provider, where the provider acted
 * and where it did not, and on the way from a provider that refuses to the next; another one finishes their work.
 *
 * <p>The payouts of one provider share a process, in which each waits at its step for the kill.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashMatrixTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration MINUTES = Duration.ofMinutes(3);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    private static Stream<PlayedProvider> providers() {
        return Stream.of(
                new PlayedNkwa(), new PlayedRohoPay(), new PlayedSnippe(), new PlayedWistfare(), new PlayedZopay());
    }

    @TestFactory
    Stream<DynamicContainer> killed_at_each_step() {
        return providers()
                .map(played ->
                        dynamicContainer(played.name(), Stream.of(played).flatMap(CrashMatrixTest::killedAtEachStep)));
    }

    private static Stream<DynamicTest> killedAtEachStep(PlayedProvider played) {
        List<Crash> crashes = CrashCase.of(capabilities(played)).stream()
                .map(moment -> new Crash(DATABASE, played, moment))
                .toList();
        kill(crashes.stream().map(Crash::doomed).toList());
        return crashes.stream().map(crash -> dynamicTest(crash.toString(), crash::isFinishedByAnother));
    }

    @TestFactory
    Stream<DynamicContainer> killed_between_the_rejection_by_one_provider_and_the_answer_of_the_next() {
        return Stream.<List<PlayedProvider>>of(
                        List.of(new PlayedNkwa(), new PlayedZopay()), List.of(new PlayedZopay(), new PlayedNkwa()))
                .map(route -> dynamicContainer(
                        route.get(0).name() + " then " + route.get(1).name(),
                        Stream.of(route).flatMap(two -> killedOnTheWay(two.get(0), two.get(1)))));
    }

    private static Stream<DynamicTest> killedOnTheWay(PlayedProvider first, PlayedProvider next) {
        List<RouteCrash> crashes = RouteCrash.Moment.of(capabilities(next)).stream()
                .map(moment -> new RouteCrash(DATABASE, first, next, moment))
                .toList();
        kill(crashes.stream().map(RouteCrash::doomed).toList());
        return crashes.stream().map(crash -> dynamicTest(crash.toString(), crash::isFinishedByAnother));
    }

    @Test
    void killed_again_and_again() {
        List<ProviderBench> benches = providers()
                .filter(played -> capabilities(played).resend().isPossible())
                .map(played -> new ProviderBench(DATABASE, played))
                .toList();
        List<Payout> payouts = benches.stream().map(ProviderBench::request).toList();

        for (Step step : List.of(
                Step.BEFORE_THE_ATTEMPT, Step.BEFORE_THE_BYTES, Step.BEFORE_THE_ANSWER, Step.BEFORE_THE_OUTCOME)) {
            if (step == Step.BEFORE_THE_ANSWER) {
                benches.forEach(bench -> bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING));
            }
            kill(benches.stream()
                    .map(bench -> new DoomedProcess.Doomed(bench, step))
                    .toList());
            benches.forEach(bench -> bench.simulator.advance(MINUTES));
        }

        for (int number = 0; number < benches.size(); number++) {
            try (ProviderBench bench = benches.get(number)) {
                Payout end = bench.runToTheEnd(payouts.get(number));
                assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
                bench.assertSameCreates(3);
                bench.assertBooks();
                bench.assertPaidOnce();
            }
        }
    }

    private static Capabilities capabilities(PlayedProvider played) {
        return played.adapter(URI.create("http://localhost"), Clock.systemUTC()).capabilities();
    }

    private static void kill(List<DoomedProcess.Doomed> doomed) {
        try {
            DoomedProcess.kill(doomed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
