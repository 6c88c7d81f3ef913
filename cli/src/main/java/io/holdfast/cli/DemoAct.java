package io.holdfast.cli;

import io.holdfast.payout.PayoutStatus;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import java.util.List;

/**
 * Scenes of the demo that show the same.
 *
 * @param title what they show
 * @param scenes in order
 */
record DemoAct(String title, List<DemoScene> scenes) {

    private static final String SNIPPE = "snippe";
    private static final String ROHOPAY = "rohopay";
    private static final String NKWA = "nkwa";
    private static final String ZOPAY = "zopay";
    private static final String WISTFARE = "wistfare";

    private static final Duration HOURS = Duration.ofHours(8);
    private static final Duration DAYS = Duration.ofDays(2);

    static final List<DemoAct> ALL = List.of(paid(), refused(), silent(), changed());

    private static DemoAct paid() {
        return new DemoAct(
                "It is paid: the held money is spent",
                List.of(
                        DemoScene.of("rent", "Rent", "TZS 5000", "+255754000001")
                                .via(SNIPPE),
                        DemoScene.of("school", "School fees", "TZS 6000", "+255754000002")
                                .via(ROHOPAY),
                        DemoScene.of("wages", "Wages", "XAF 5000", "+237670000001")
                                .via(NKWA),
                        DemoScene.of("coffee", "Coffee from the farm", "XAF 6000", "+237690000002")
                                .via(ZOPAY),
                        DemoScene.of("milk", "Milk from the dairy", "RWF 5000", "+250788000001")
                                .via(WISTFARE)));
    }

    private static DemoAct refused() {
        return new DemoAct(
                "It is refused, or fails later: the hold is released",
                List.of(
                        DemoScene.of("refund", "A refund to a number that cannot be paid", "TZS 6000", "+255754000003")
                                .via(SNIPPE)
                                .with(SNIPPE, Fault.REJECTED)
                                .ends(PayoutStatus.FAILED, 0, HOURS),
                        DemoScene.of("loan", "A loan, accepted first and failing later", "TZS 5000", "+255754000004")
                                .via(ROHOPAY)
                                .with(ROHOPAY, Fault.LATE_FAILURE)
                                .ends(PayoutStatus.FAILED, 0, HOURS),
                        DemoScene.of("tips", "Tips to a number that cannot be paid", "XAF 5000", "+237670000003")
                                .via(NKWA)
                                .with(NKWA, Fault.REJECTED)
                                .ends(PayoutStatus.FAILED, 0, HOURS),
                        DemoScene.of("tools", "Tools, accepted first and failing later", "XAF 6000", "+237690000004")
                                .via(ZOPAY)
                                .with(ZOPAY, Fault.LATE_FAILURE)
                                .ends(PayoutStatus.FAILED, 0, HOURS),
                        DemoScene.of("seeds", "Seeds to a number that cannot be paid", "RWF 6000", "+250788000002")
                                .via(WISTFARE)
                                .with(WISTFARE, Fault.REJECTED)
                                .ends(PayoutStatus.FAILED, 0, HOURS)));
    }

    private static DemoAct silent() {
        return new DemoAct(
                "No answer comes: the money stays held until it is known what happened",
                List.of(
                        DemoScene.of(
                                        "salary",
                                        "A salary. Snippe knows a request again by its key: it may be sent again",
                                        "TZS 7000",
                                        "+255754000005")
                                .via(SNIPPE)
                                .with(SNIPPE, Fault.TIMEOUT_AFTER_EXECUTING),
                        DemoScene.of(
                                        "water",
                                        "A water bill. RohoPay does so too, for 24 hours",
                                        "TZS 5000",
                                        "+255754000006")
                                .via(ROHOPAY)
                                .with(ROHOPAY, Fault.TIMEOUT_WITHOUT_EXECUTING),
                        DemoScene.of(
                                        "cocoa",
                                        "Cocoa. Zopay does so too, as long as its quote lives",
                                        "XAF 7000",
                                        "+237690000005")
                                .via(ZOPAY)
                                .with(ZOPAY, Fault.TIMEOUT_AFTER_EXECUTING),
                        DemoScene.of(
                                        "harvest",
                                        "A harvest. Wistfare promises no such thing, but has a list with our reference",
                                        "RWF 7000",
                                        "+250788000003")
                                .via(WISTFARE)
                                .with(WISTFARE, Fault.TIMEOUT_AFTER_EXECUTING),
                        DemoScene.of(
                                        "stipend",
                                        "A stipend. Nkwa has neither: it is never sent twice",
                                        "XAF 5000",
                                        "+237670000006")
                                .via(NKWA)
                                .with(NKWA, Fault.TIMEOUT_WITHOUT_EXECUTING)
                                .ends(PayoutStatus.REVIEW, 0, HOURS)));
    }

    private static DemoAct changed() {
        return new DemoAct(
                "It goes to another provider, comes back, or is paid after all",
                List.of(
                        DemoScene.of("bonus", "A bonus that the first route refuses", "TZS 5000", "+255754000007")
                                .with(SNIPPE, Fault.REJECTED),
                        DemoScene.of("prize", "A prize that comes back a day later", "TZS 9000", "+255754000008")
                                .via(SNIPPE)
                                .with(SNIPPE, Fault.REVERSAL)
                                .ends(PayoutStatus.REVERSED, 0, DAYS),
                        DemoScene.of(
                                        "grant",
                                        "A grant. RohoPay hangs up, calls it failed, and pays it all the same",
                                        "TZS 6000",
                                        "+255754000009")
                                .via(ROHOPAY)
                                .with(ROHOPAY, Fault.RESET_AFTER_EXECUTING, Fault.LATE_SUCCESS)
                                .ends(PayoutStatus.SUCCEEDED, 1, DAYS)));
    }
}
