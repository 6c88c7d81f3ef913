package io.holdfast.cli;

import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.simulator.Fault;
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

    DemoTale play(DemoScene scene) {
        scene.faults()
                .forEach((provider, faults) ->
                        stage.cast(provider).simulator().script(scene.recipient(), faults.toArray(Fault[]::new)));
        Instant begun = stage.now();
        PayoutRequest request = PayoutRequest.of(
                scene.key(),
                Wallets.account(DemoStage.OWNER, scene.amount().currency()),
                scene.amount(),
                Recipient.MobileMoney.of(scene.recipient()));
        Payout payout = payouts().request(scene.via().map(request::via).orElse(request));
        teller.scene(scene, payout);
        int told = tell(payout, 0, begun);
        Duration step = FIRST_STEP;
        while (payout.status() != scene.ending().status()
                && passed(begun).compareTo(scene.ending().within()) < 0) {
            stage.payouts().processor().runOnce(ROUND);
            payout = payouts().find(payout.id()).orElseThrow();
            told = tell(payout, told, begun);
            if (payout.status() != scene.ending().status()) {
                stage.advance(step);
                // Questions are asked at growing intervals, so time may pass faster too.
                step = step.compareTo(STEP_MAX) < 0 ? step.multipliedBy(2) : STEP_MAX;
            }
        }
        DemoTale tale = taleOf(scene, payout);
        teller.ended(tale);
        return tale;
    }

    /** Has told what happened to a payout beyond the given number of changes, and returns how many there are by now. */
    private int tell(Payout payout, int told, Instant begun) {
        List<PayoutTransition> history = payouts().history(payout.id());
        history.stream()
                .skip(told)
                .filter(DemoWords::isWorthTelling)
                .forEach(change -> teller.changed(payout, change, passed(begun)));
        return history.size();
    }

    private DemoTale taleOf(DemoScene scene, Payout payout) {
        List<DemoTale.Visit> visits = payout.attempts().stream()
                .map(attempt -> DemoTale.Visit.at(stage.cast(attempt.provider()), scene))
                .toList();
        return new DemoTale(scene, payout, payouts().history(payout.id()), visits);
    }

    /** Returns what did not come out as it has to. */
    static List<String> wrongIn(DemoTale tale) {
        List<String> wrong = new ArrayList<>();
        DemoScene.Ending ending = tale.scene().ending();
        if (tale.status() != ending.status()) {
            wrong.add("payout " + tale.scene().key() + " is " + tale.status() + " and not " + ending.status());
        }
        if (tale.payments() != ending.payments()) {
            wrong.add("the recipient of " + tale.scene().key() + " was paid " + tale.payments() + " times and not "
                    + ending.payments());
        }
        return wrong;
    }

    private Payouts payouts() {
        return stage.payouts().payouts();
    }

    private Duration passed(Instant begun) {
        return Duration.between(begun, stage.now());
    }
}
