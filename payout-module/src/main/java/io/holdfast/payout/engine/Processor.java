package io.holdfast.payout.engine;

import io.holdfast.payout.Calling;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.PayoutStatus;
import java.util.List;

/** Takes up what is due and does with each payout the one thing that is due. */
final class Processor implements PayoutProcessor {

    private final Taking taking;
    private final FirstSend sender;
    private final Inquiry inquiry;
    private final Inbox inbox;
    private final Feed feed;
    private final Calling calling;

    Processor(Taking taking, FirstSend sender, Inquiry inquiry, Inbox inbox, Feed feed, Calling calling) {
        this.inbox = inbox;
        this.feed = feed;
        this.taking = taking;
        this.sender = sender;
        this.inquiry = inquiry;
        this.calling = calling;
    }

    @Override
    public int runOnce(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A limit of " + limit + " is not above zero");
        }
        // Whatever becomes of the round, and without hiding why it failed if this does too.
        Ending numbering = feed::number;
        try (numbering) {
            inbox.takeUpParked();
            return work(limit);
        }
    }

    /** What a round ends with. */
    @FunctionalInterface
    private interface Ending extends AutoCloseable {

        @Override
        void close();
    }

    private int work(int limit) {
        int taken = 0;
        try (Tasks tasks = new Tasks(calling.executor(), calling.atOnce())) {
            boolean goesOn = true;
            while (goesOn) {
                int room = Math.min(tasks.awaitRoom(), limit - taken);
                int found = room > 0 ? takeUp(tasks, room) : 0;
                taken += found;
                // What is under way may leave something to do, the next route or room at a provider; and what comes due
                // meanwhile
                // does not wait for a provider that is slow.
                goesOn = found > 0 || (room > 0 && tasks.awaitOneForAWhile());
            }
        }
        return taken;
    }

    private int takeUp(Tasks tasks, int room) {
        List<Taking.Taken> claims = taking.take(room);
        claims.forEach(claim -> tasks.start(() -> process(claim)));
        return claims.size();
    }

    private void process(Taking.Taken taken) {
        try {
            Claim claim = taken.claim();
            if (claim.payout().standing().leaseUntil().isEmpty()) {
                return;
            }
            if (claim.status() == PayoutStatus.SENDING) {
                sender.send(claim);
            } else if (claim.status() == PayoutStatus.AWAITING_APPROVAL) {
                taking.cancelUnapproved(claim);
            } else {
                inquiry.ask(claim);
            }
        } finally {
            taken.leave();
        }
    }
}
