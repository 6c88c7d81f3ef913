package io.holdfast.cli;

import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
        Money amount = Money.of(DemoStage.TZS, scene.amount());
        teller.scene(scene, amount);
        Instant begun = stage.now();
        Payout payout = stage.payouts()
                .payouts()
                .request(PayoutRequest.of(
                                scene.key(),
                                Wallets.account("alice", DemoStage.TZS),
                                amount,
                                Recipient.MobileMoney.of(scene.recipient()))
                        .via(DemoStage.PROVIDER));
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
        int payments = (int) stage.snippe().payments(number).stream()
                .filter(payment -> payment.reversedAt().isEmpty())
                .count();
        if (payments != scene.payments()) {
            wrong.add(
                    "the recipient of " + scene.key() + " was paid " + payments + " times and not " + scene.payments());
        }
        teller.paid(payments, sends(payout));
        return new Played(payout.status(), payments, wrong);
    }

    /** Returns how many requests for this payout the provider got. */
    private long sends(Payout payout) {
        List<String> keys = payout.attempts().stream().map(PayoutAttempt::key).toList();
        return stage.snippe().requests().stream()
                .flatMap(request -> request.creation().stream())
                .flatMap(creation -> creation.key().stream())
                .filter(keys::contains)
                .count();
    }

    private Duration passed(Instant begun) {
        return Duration.between(begun, stage.now());
    }
}
