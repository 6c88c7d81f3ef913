package io.holdfast.cli;

import io.holdfast.payout.PayoutStatus;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One payout of the demo.
 *
 * @param key its key
 * @param title what it shows
 * @param amount in shillings
 * @param fault what the provider does wrong, if anything
 * @param end where the payout has to end
 * @param payments how often the recipient has to be paid in the end
 * @param watched how long it is watched
 */
record DemoScene(
        String key,
        String title,
        String amount,
        Optional<Fault> fault,
        PayoutStatus end,
        int payments,
        Duration watched) {

    private static final Duration SHORT = Duration.ofMinutes(3);
    private static final String PLAIN_RECIPIENT = "+255754000000";
    private static final String PREFIX = "+255754";

    static final List<DemoScene> ALL = List.of(
            new DemoScene("rent", "A payout that succeeds", "5000", Optional.empty(), PayoutStatus.SUCCEEDED, 1, SHORT),
            new DemoScene(
                    "refund",
                    "A payout that the provider refuses",
                    "6000",
                    Optional.of(Fault.REJECTED),
                    PayoutStatus.FAILED,
                    0,
                    SHORT),
            new DemoScene(
                    "salary",
                    "A payout whose answer never comes: is it paid or not?",
                    "7000",
                    Optional.of(Fault.TIMEOUT_AFTER_EXECUTING),
                    PayoutStatus.SUCCEEDED,
                    1,
                    SHORT),
            new DemoScene(
                    "loan",
                    "A payout that is accepted and fails later",
                    "8000",
                    Optional.of(Fault.LATE_FAILURE),
                    PayoutStatus.FAILED,
                    0,
                    Duration.ofHours(8)),
            new DemoScene(
                    "prize",
                    "A payout that is paid, and comes back a day later",
                    "9000",
                    Optional.of(Fault.REVERSAL),
                    PayoutStatus.REVERSED,
                    0,
                    Duration.ofDays(2)));

    /** Returns whose number makes the provider behave so. */
    String recipient() {
        return fault.map(fault -> PREFIX + fault.recipientEnding()).orElse(PLAIN_RECIPIENT);
    }
}
