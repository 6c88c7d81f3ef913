package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import java.time.Instant;
import java.util.Optional;

/** Compares what a provider shows of a payout with what we have of it, and sees to it that somebody looks at what differs. */
final class Differences {

    private final Desk desk;
    private final Questions questions;

    Differences(Desk desk) {
        this.desk = desk;
        this.questions = new Questions(desk.settings());
    }

    Line compare(Told told, PayoutSnapshot payout, int number) {
        StatementLine line = told.shown().line();
        Attempt attempt = payout.attempt(number);
        Difference difference = difference(told, payout, attempt);
        if (difference.verdict() != Verdict.MATCHED
                || told.shown().said().alert().isPresent()) {
            see(told.shown(), payout, attempt, difference);
        }
        return new Line(
                difference.verdict(),
                Optional.of(line.reference()),
                Optional.of(payout.intent().id()),
                Optional.of(payout.intent().key()),
                told.leftSuspense(),
                difference.detail());
    }

    /** In what a payout stands otherwise there than here, if in anything, and both sides' values. */
    private record Difference(Verdict verdict, String detail) {}

    private Difference difference(Told told, PayoutSnapshot payout, Attempt attempt) {
        StatementLine line = told.shown().line();
        if (!line.amount().equals(payout.intent().amount())) {
            return new Difference(
                    Verdict.AMOUNT_DIFFERS,
                    "there " + line.amount() + ", here " + payout.intent().amount());
        }
        return told.isLast()
                ? standing(told, payout, attempt)
                : new Difference(Verdict.MATCHED, line.amount() + ", " + line.status() + " at first");
    }

    /** Compares how a payout stands, given the last that is shown of it. */
    private Difference standing(Told told, PayoutSnapshot payout, Attempt attempt) {
        StatementLine line = told.shown().line();
        boolean isBeside = attempt.state() == AttemptState.SETTLED
                && attempt.reference().isPresent()
                && !attempt.reference().get().equals(line.reference());
        Status here = isBeside ? beside(attempt, told) : here(payout, attempt);
        Money fee = attempt.feeBooked();
        // What is shown as failed and had been paid here has come back.
        Status there = here == Status.CAME_BACK && line.status() == Status.FAILED ? Status.CAME_BACK : line.status();
        if (there != here) {
            return new Difference(
                    Verdict.STATUS_DIFFERS,
                    "there " + there + ", here " + here + " ("
                            + payout.standing().status() + ")");
        } else if (here == Status.CAME_BACK
                && !isBeside
                && !told.shown().cameBack().equals(Optional.of(payout.standing().reversed()))) {
            return new Difference(
                    Verdict.STATUS_DIFFERS,
                    "there " + told.shown().cameBack().orElse(line.amount()) + " came back, here "
                            + payout.standing().reversed());
        } else if (here == Status.PAID
                && !isBeside
                && line.fee().filter(charged -> !charged.equals(fee)).isPresent()) {
            return new Difference(
                    Verdict.FEE_DIFFERS, "there a fee of " + line.fee().get() + ", here of " + fee);
        }
        return new Difference(Verdict.MATCHED, line.amount() + ", " + line.status());
    }

    /** Returns how another payment of an attempt stands here than the one that settled its payout. */
    private Status beside(Attempt attempt, Told told) {
        Optional<BookedStore.Booked> suspended = desk.session()
                .read(db -> desk.stores()
                        .booked()
                        .suspended(db, attempt.provider(), told.shown().reference()));
        if (suspended.isPresent()) {
            return Status.PAID;
        }
        return told.leftSuspense().isPresent() ? Status.CAME_BACK : Status.UNDER_WAY;
    }

    private static Status here(PayoutSnapshot payout, Attempt attempt) {
        if (attempt.state() == AttemptState.SETTLED) {
            return payout.standing().reversed().isPositive()
                            || payout.standing().status() == PayoutStatus.REVERSED
                    ? Status.CAME_BACK
                    : Status.PAID;
        }
        return switch (attempt.state()) {
            case SURPLUS -> Status.PAID;
            case FAILED -> Status.FAILED;
            default -> Status.UNDER_WAY;
        };
    }

    /**
     * Opens an item for what differs of a payout that has ended, and for what a person is to be told of what the provider
     * shows, and has the provider asked soon about one that stands otherwise there: its answer can be proof, which a
     * statement is not.
     */
    private void see(Shown shown, PayoutSnapshot payout, Attempt attempt, Difference difference) {
        StatementLine line = shown.line();
        boolean isAsked = difference.verdict() == Verdict.STATUS_DIFFERS && isAskedAbout(payout, attempt, line);
        desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            Finding.unlisted(attempt.provider(), shown.said())
                    .ifPresent(finding -> desk.scribe().open(transaction, payout, finding, now));
            if (difference.verdict() != Verdict.MATCHED
                    && !payout.standing().status().isHolding()) {
                String detail =
                        "Reference " + line.reference() + " of " + attempt.provider() + ": " + difference.detail();
                desk.scribe().open(transaction, payout, new Finding(Kind.STATEMENT_DIFFERS, detail), now);
            }
            WebhookStore.About about = new WebhookStore.About(payout.intent().id(), attempt.number());
            return isAsked && desk.stores().webhooks().bringForward(transaction.db(), about, now, Inbox.HINT_GAP);
        });
    }

    /** Tells whether what may be asked about an attempt is asked under the reference of a line. */
    private boolean isAskedAbout(PayoutSnapshot payout, Attempt attempt, StatementLine line) {
        return questions.hinted(payout, attempt.number()).stream()
                .anyMatch(question ->
                        question.reference().map(line.reference()::equals).orElse(true));
    }
}
