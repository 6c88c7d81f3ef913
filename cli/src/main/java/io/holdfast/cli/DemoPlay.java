package io.holdfast.cli;

import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays one scene: requests the payout, lets time pass and the processor work, and has each change told. */
final class DemoPlay {

    private static final int ROUND = 10;
    private static final Duration FIRST_STEP = Duration.ofSeconds(5);
    private static final Duration STEP_MAX = Duration.ofHours(2);

    private final DemoStage stage;
    private final DemoTeller teller;

    DemoPlay(DemoStage stage, DemoTeller teller) {
        this.stage = stage;
        this.teller = teller;
    }

    /**
     * How a scene came out.
     *
     * @param payments how often the recipient was paid and kept it
     * @param wrong what did not come out as it has to
     */
    record Played(PayoutStatus status, int payments, List<String> wrong) {}

    Played play(DemoScene scene) {
        teller.scene(scene);
        scene.faults()
                .forEach((provider, faults) ->
                        stage.cast(provider).simulator().script(scene.recipient(), faults.toArray(Fault[]::new)));
        Instant begun = stage.now();
        PayoutRequest request = PayoutRequest.of(
                scene.key(),
                Wallets.account("alice", scene.amount().currency()),
                scene.amount(),
                Recipient.MobileMoney.of(scene.recipient()));
        Payout payout =
                stage.payouts().payouts().request(scene.via().map(request::via).orElse(request));
        teller.changed(payout, Duration.ZERO);
        Duration step = FIRST_STEP;
        while (payout.status() != scene.end() && passed(begun).compareTo(scene.watched()) < 0) {
            payout = work(payout, begun);
            if (payout.status() != scene.end()) {
                stage.advance(step);
                // Questions are asked at growing intervals, so time may pass faster too.
                step = step.compareTo(STEP_MAX) < 0 ? step.multipliedBy(2) : STEP_MAX;
            }
        }
        return judge(scene, payout);
    }

    private Payout work(Payout before, Instant begun) {
        stage.payouts().processor().runOnce(ROUND);
        Payout after = stage.payouts().payouts().find(before.id()).orElseThrow();
        if (after.status() != before.status()) {
            teller.changed(after, passed(begun));
        }
        return after;
    }

    private Played judge(DemoScene scene, Payout payout) {
        List<String> wrong = new ArrayList<>();
        if (payout.status() != scene.end()) {
            wrong.add("payout " + scene.key() + " is " + payout.status() + " and not " + scene.end());
        }
        String number = scene.recipient().substring(1);
        int payments = (int) stage.cast().stream()
                .flatMap(one -> one.simulator().payments(number).stream())
                .filter(payment -> payment.reversedAt().isEmpty())
                .count();
        if (payments != scene.payments()) {
            wrong.add(
                    "the recipient of " + scene.key() + " was paid " + payments + " times and not " + scene.payments());
        }
        Map<String, Long> sends = new LinkedHashMap<>();
        payout.attempts().forEach(attempt -> {
            DemoCast asked = stage.cast(attempt.provider());
            sends.put(asked.title(), sends(asked, number));
        });
        teller.paid(payments, sends);
        return new Played(payout.status(), payments, wrong);
    }

    /** Returns how many requests to pay this recipient a provider got. */
    private static long sends(DemoCast asked, String number) {
        return asked.simulator().requests().stream()
                .flatMap(request -> request.creation().stream())
                .filter(creation -> creation.recipient().replace("+", "").equals(number))
                .count();
    }

    private Duration passed(Instant begun) {
        return Duration.between(begun, stage.now());
    }
}
