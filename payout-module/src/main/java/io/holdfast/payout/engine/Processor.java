package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.PayoutStatus;
import java.util.Optional;

/** Takes up what is due and does the one thing that is due with it. */
final class Processor implements PayoutProcessor {

    private final Claims claims;
    private final FirstSend sender;
    private final Inquiry inquiry;

    Processor(Claims claims, FirstSend sender, Inquiry inquiry) {
        this.claims = claims;
        this.sender = sender;
        this.inquiry = inquiry;
    }

    @Override
    public int runOnce(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A limit of " + limit + " is not above zero");
        }
        for (int done = 0; done < limit; done++) {
            Optional<Claim> claim = claims.next();
            if (claim.isEmpty()) {
                return done;
            }
            process(claim.get());
        }
        return limit;
    }

    private void process(Claim claim) {
        if (claim.payout().standing().leaseUntil().isEmpty()) {
            return;
        }
        if (claim.status() == PayoutStatus.SENDING) {
            sender.send(claim);
        } else {
            inquiry.ask(claim);
        }
    }
}
