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
 * @param title what it is for, and what is about to happen
 * @param amount what is paid
 * @param recipient whose phone, with its {@code +}
 * @param via the only provider that may pay; if absent, the routes decide
 * @param faults what the providers do wrong with this recipient, by provider
 * @param ending how it has to come out
 */
record DemoScene(
        String key,
        String title,
        Money amount,
        String recipient,
        Optional<String> via,
        Map<String, List<Fault>> faults,
        Ending ending) {

    /**
     * How a scene has to come out.
     *
     * @param status where the payout has to end
     * @param payments how often the recipient has to be paid in the end
     * @param within how long it may take, and is watched
     */
    record Ending(PayoutStatus status, int payments, Duration within) {}

    private static final Ending PAID_ONCE = new Ending(PayoutStatus.SUCCEEDED, 1, Duration.ofMinutes(3));

    /** A payout by whichever route takes it, which has to succeed. */
    static DemoScene of(String key, String title, String amount, String recipient) {
        return new DemoScene(key, title, Money.parse(amount), recipient, Optional.empty(), Map.of(), PAID_ONCE);
    }

    DemoScene via(String provider) {
        return new DemoScene(key, title, amount, recipient, Optional.of(provider), faults, ending);
    }

    DemoScene with(String provider, Fault... wrong) {
        return new DemoScene(key, title, amount, recipient, via, Map.of(provider, List.of(wrong)), ending);
    }

    DemoScene ends(PayoutStatus status, int payments, Duration within) {
        return new DemoScene(key, title, amount, recipient, via, faults, new Ending(status, payments, within));
    }

    /** Returns the recipient's number as providers have it. */
    String number() {
        return recipient.substring(1);
    }
}
