package io.holdfast.cli;

import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Payouts;

/**
 * How many payouts hold money and are taken no further by a processor.
 *
 * @param inReview wait for a person to find out what became of them
 * @param awaitingApproval wait for others to agree
 * @param scheduled wait for their time
 */
record WaitingPayouts(long inReview, long awaitingApproval, long scheduled) {

    static WaitingPayouts count(Payouts payouts) {
        return new WaitingPayouts(
                count(payouts, PayoutStatus.REVIEW),
                count(payouts, PayoutStatus.AWAITING_APPROVAL),
                count(payouts, PayoutStatus.SCHEDULED));
    }

    Document document() {
        return new Document()
                .with("inReview", inReview)
                .with("awaitingApproval", awaitingApproval)
                .with("scheduled", scheduled);
    }

    /** Returns a line for each kind of which there are any, with the command that lists them. */
    String text() {
        return forPeople() + line(scheduled, scheduled == 1 ? "is scheduled" : "are scheduled", PayoutStatus.SCHEDULED);
    }

    /** Returns the same of those that wait for people. */
    String forPeople() {
        return line(inReview, waits(inReview) + "a person", PayoutStatus.REVIEW)
                + line(awaitingApproval, waits(awaitingApproval) + "approval", PayoutStatus.AWAITING_APPROVAL);
    }

    private static String waits(long count) {
        return count == 1 ? "waits for " : "wait for ";
    }

    private static String line(long count, String verb, PayoutStatus status) {
        return count == 0
                ? ""
                : Counted.of(count, "payout") + " " + verb + ": `holdfast payout list --status " + status + "`\n";
    }

    private static long count(Payouts payouts, PayoutStatus status) {
        return payouts.count(PayoutQuery.FIRST_PAGE.status(status));
    }
}
