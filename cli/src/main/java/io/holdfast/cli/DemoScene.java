package io.holdfast.cli;

import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One payout of the demo.
 *
 * @param key its key
 * @param title what it shows
 * @param amount what is paid
 * @param recipient whose phone, with its {@code +}
 * @param via the only provider that may pay; if absent, the routes decide
 * @param faults what the providers do wrong with this recipient, by provider
 * @param end where the payout has to end
 * @param payments how often the recipient has to be paid in the end
 * @param watched how long it is watched
 */
record DemoScene(
        String key,
        String title,
        Money amount,
        String recipient,
        Optional<String> via,
        Map<String, List<Fault>> faults,
        PayoutStatus end,
        int payments,
        Duration watched) {

    private static final String SNIPPE = "snippe";
    private static final String ROHOPAY = "rohopay";
    private static final String NKWA = "nkwa";
    private static final String WISTFARE = "wistfare";

    static final List<DemoScene> ALL = List.of(
            new DemoScene("rent", "A payout that succeeds", "TZS 5000", "+255754000001")
                    .via(SNIPPE)
                    .ends(PayoutStatus.SUCCEEDED, 1, Duration.ofMinutes(3)),
            new DemoScene("refund", "A payout that the provider refuses", "TZS 6000", "+255754000002")
                    .via(SNIPPE)
                    .with(SNIPPE, Fault.REJECTED)
                    .ends(PayoutStatus.FAILED, 0, Duration.ofMinutes(3)),
            new DemoScene(
                            "salary",
                            "A payout whose answer never comes: is it paid or not?",
                            "TZS 7000",
                            "+255754000003")
                    .via(SNIPPE)
                    .with(SNIPPE, Fault.TIMEOUT_AFTER_EXECUTING)
                    .ends(PayoutStatus.SUCCEEDED, 1, Duration.ofMinutes(3)),
            new DemoScene("loan", "A payout that is accepted and fails later", "TZS 8000", "+255754000004")
                    .via(SNIPPE)
                    .with(SNIPPE, Fault.LATE_FAILURE)
                    .ends(PayoutStatus.FAILED, 0, Duration.ofHours(8)),
            new DemoScene("prize", "A payout that is paid, and comes back a day later", "TZS 9000", "+255754000005")
                    .via(SNIPPE)
                    .with(SNIPPE, Fault.REVERSAL)
                    .ends(PayoutStatus.REVERSED, 0, Duration.ofDays(2)),
            new DemoScene(
                            "bonus",
                            "A payout that the first provider refuses, so the second one pays",
                            "TZS 5000",
                            "+255754000006")
                    .with(SNIPPE, Fault.REJECTED)
                    .ends(PayoutStatus.SUCCEEDED, 1, Duration.ofMinutes(3)),
            new DemoScene(
                            "grant",
                            "A payout in doubt that fails for certain, and is paid all the same a day later",
                            "TZS 6000",
                            "+255754000007")
                    .via(ROHOPAY)
                    .with(ROHOPAY, Fault.TIMEOUT_AFTER_EXECUTING, Fault.LATE_SUCCESS)
                    .ends(PayoutStatus.SUCCEEDED, 1, Duration.ofDays(2)),
            new DemoScene(
                            "stipend",
                            "A payout whose provider takes no key and tells nothing: it is never sent twice",
                            "XAF 5000",
                            "+237670000001")
                    .via(NKWA)
                    .with(NKWA, Fault.TIMEOUT_WITHOUT_EXECUTING)
                    .ends(PayoutStatus.REVIEW, 0, Duration.ofMinutes(3)),
            new DemoScene(
                            "voucher",
                            "A payout that one provider refuses and another one quotes, then pays",
                            "XAF 5000",
                            "+237670000002")
                    .with(NKWA, Fault.REJECTED)
                    .ends(PayoutStatus.SUCCEEDED, 1, Duration.ofMinutes(3)),
            new DemoScene(
                            "harvest",
                            "A payout that must not be sent twice either, and is found in the provider's list",
                            "RWF 5000",
                            "+250788000001")
                    .via(WISTFARE)
                    .with(WISTFARE, Fault.TIMEOUT_AFTER_EXECUTING)
                    .ends(PayoutStatus.SUCCEEDED, 1, Duration.ofMinutes(3)));

    private DemoScene(String key, String title, String amount, String recipient) {
        this(
                key,
                title,
                Money.parse(amount),
                recipient,
                Optional.empty(),
                Map.of(),
                PayoutStatus.SUCCEEDED,
                1,
                Duration.ZERO);
    }

    private DemoScene via(String provider) {
        return new DemoScene(key, title, amount, recipient, Optional.of(provider), faults, end, payments, watched);
    }

    private DemoScene with(String provider, Fault... wrong) {
        return new DemoScene(
                key, title, amount, recipient, via, Map.of(provider, List.of(wrong)), end, payments, watched);
    }

    private DemoScene ends(PayoutStatus status, int times, Duration within) {
        return new DemoScene(key, title, amount, recipient, via, faults, status, times, within);
    }
}
