package io.holdfast.cli;

import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what may be done about a payout. */
final class PayoutAdvice {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/-]+");

    private PayoutAdvice() {}

    /** Returns what may be done about a payout that is shown with all that is known of it. */
    static Optional<String> about(Payout payout) {
        return about(payout.status(), name(payout), "");
    }

    /** Returns what may be done about a payout in a list, which does not tell why it stands so. */
    static Optional<String> aboutListed(Payout payout) {
        return about(payout.status(), name(payout));
    }

    /** Returns how a payout is named on the command line: by its key, or by its id where a shell would take the key apart. */
    static String name(Payout payout) {
        String key = payout.key().value();
        return PLAIN.matcher(key).matches() && !key.startsWith("-")
                ? key
                : payout.id().toString();
    }

    /** Returns what may be done about payouts that stand so, in a list. */
    static Optional<String> about(PayoutStatus status, String name) {
        return about(status, name, " `holdfast payout show " + name + "` tells why.");
    }

    private static Optional<String> about(PayoutStatus status, String name, String whereToSeeWhy) {
        return switch (status) {
            case AWAITING_APPROVAL ->
                Optional.of("others have to agree with `holdfast payout approve " + name
                        + "`, or cancel it with `holdfast payout refuse " + name + "`");
            case SENDING ->
                Optional.of("a processor is at it; if it died, its lease runs out and `holdfast payout run` goes on");
            case UNKNOWN ->
                Optional.of("it may have been paid, so the money stays held; `holdfast payout run` finds out."
                        + " Do not pay it in another way");
            case REVIEW ->
                Optional.of("a person has to find out with the provider what became of it; the money stays held."
                        + " Do not pay it in another way." + whereToSeeWhy
                        + " Then `holdfast payout resolve " + name + " --as succeeded|failed"
                        + " --evidence TEXT`, and `holdfast payout confirm " + name + "` by another login");
            default -> Optional.empty();
        };
    }
}
