package io.holdfast.cli;

import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.spi.FailureReason;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Says in a few words what a change of a payout means. */
final class DemoWords {

    private final UnaryOperator<String> titles;

    /** Words that call providers by their titles. */
    DemoWords(UnaryOperator<String> titles) {
        this.titles = titles;
    }

    /** Returns whether a person wants to hear of it: not of what changes nothing, nor that a processor takes it up. */
    static boolean isWorthTelling(PayoutTransition change) {
        boolean isNews = change.from().filter(change.to()::equals).isEmpty();
        return change.verdict() == Verdict.CHANGED && isNews && change.cause() != Cause.CLAIM;
    }

    /** Returns what a change means for the money. */
    String meaning(Payout payout, PayoutTransition change) {
        String provider = titleOf(payout, change);
        return switch (change.to()) {
            case PENDING -> pending(payout, change, provider);
            case PROCESSING ->
                isRecovery(change) ? "asked again: " + provider + " accepts it" : provider + " accepts it";
            case UNKNOWN -> "no answer proves nothing: it stays held";
            case SUCCEEDED -> succeeded(payout, change, provider);
            case FAILED -> reason(payout) + ": the hold is released";
            case REVERSED -> provider + " took it back: it is available again";
            case REVIEW -> "for a person to settle: it stays held";
            case AWAITING_APPROVAL, SCHEDULED, SENDING, CANCELLED -> "";
        };
    }

    private String pending(Payout payout, PayoutTransition change, String provider) {
        if (change.cause() == Cause.REQUEST) {
            return "amount and fee are held";
        }
        String next = titles.apply(payout.provider());
        return next.equals(provider) ? "to be sent again" : provider + " refuses: " + next + " is next";
    }

    private static String succeeded(Payout payout, PayoutTransition change, String provider) {
        if (payout.late()) {
            return "paid after all: taken from what is available";
        }
        return provider + (change.cause() == Cause.LIST ? " lists it as paid" : " has paid") + ": held money is spent";
    }

    private static boolean isRecovery(PayoutTransition change) {
        return change.from().filter(PayoutStatus.UNKNOWN::equals).isPresent();
    }

    private static String reason(Payout payout) {
        return payout.failure()
                .map(PayoutFailure::reason)
                .filter(reason -> reason != FailureReason.OTHER)
                .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("failed");
    }

    private String titleOf(Payout payout, PayoutTransition change) {
        return titles.apply(payout.attempts().stream()
                .filter(attempt -> change.attempt()
                        .filter(number -> number == attempt.number())
                        .isPresent())
                .findFirst()
                .map(PayoutAttempt::provider)
                .orElseGet(payout::provider));
    }
}
