package io.holdfast.sandbox.simulator;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a simulator does wrong, or late, when told to. Several may be combined for one request.
 *
 * <p>A fault is chosen for the next request ({@link Simulator#next}), for a recipient ({@link Simulator#script}), or by
 * a recipient whose number ends in {@code 9900} and the fault's two digits: {@code 255754990001} is
 * {@link #TIMEOUT_AFTER_EXECUTING}. Chosen by recipient, the faults of an answer hit only the first send of a key, so
 * that the same bytes sent again find out what became of the first.
 *
 * <p>Faults from 41 on belong to one provider; the others' simulators do nothing wrong when told to.
 *
 * <p>"After executing" means that the payout exists and will be paid although the caller is not told; "without
 * executing", that nothing happened.
 */
public enum Fault {
    /** 01: executes, then never answers. */
    TIMEOUT_AFTER_EXECUTING(1, Reach.FIRST_SEND),
    /** 02: never answers, and nothing happened. */
    TIMEOUT_WITHOUT_EXECUTING(2, Reach.FIRST_SEND),
    /** 03: executes, then closes the connection without a byte. */
    RESET_AFTER_EXECUTING(3, Reach.FIRST_SEND),
    /** 04: closes the connection without a byte, and nothing happened. */
    RESET_WITHOUT_EXECUTING(4, Reach.FIRST_SEND),
    /** 05: executes, then answers 500 in the provider's own form. */
    ERROR_500_AFTER_EXECUTING(5, Reach.FIRST_SEND),
    /** 06: answers the same 500, and nothing happened. */
    ERROR_500_WITHOUT_EXECUTING(6, Reach.FIRST_SEND),
    /** 07: executes, then answers 502 with a gateway's HTML page. */
    HTML_PAGE_AFTER_EXECUTING(7, Reach.FIRST_SEND),
    /** 08: answers 403 with a firewall's HTML page, and nothing happened. */
    HTML_PAGE_WITHOUT_EXECUTING(8, Reach.FIRST_SEND),
    /** 09: executes, then sends half of its answer and never the rest. */
    HALF_A_RESPONSE(9, Reach.FIRST_SEND),
    /** 10: executes, then answers with success and a body that is no JSON. */
    GARBLED_SUCCESS(10, Reach.FIRST_SEND),
    /** 11: executes, then answers late ({@link SimulatorSettings#slowBy}, in real time). */
    SLOW_SUCCESS(11, Reach.FIRST_SEND),
    /** 12: answers 429, and nothing happened. */
    RATE_LIMITED(12, Reach.FIRST_SEND),
    /** 13: answers as to a key that is not valid any more, and nothing happened. */
    ROTATED_KEY(13, Reach.FIRST_SEND),
    /** 14: answers as if the float were too low, and nothing happened. */
    INSUFFICIENT_FLOAT(14, Reach.FIRST_SEND),
    /** 15: refuses the payout in the provider's own form, and nothing happened. */
    REJECTED(15, Reach.FIRST_SEND),
    /** 16: settles and delivers the webhook before it answers. */
    WEBHOOK_BEFORE_ANSWER(16, Reach.FIRST_SEND),
    /** 21: accepts, and fails later. */
    LATE_FAILURE(21, Reach.PAYOUT),
    /** 22: accepts, pays, and takes it back later. */
    REVERSAL(22, Reach.PAYOUT),
    /** 23: accepts, reports a failure, and pays all the same later: no honest provider does. */
    LATE_SUCCESS(23, Reach.PAYOUT),
    /** 24: accepts, and stays pending for ever. */
    NEVER_SETTLES(24, Reach.PAYOUT),
    /** 25: pays the right amount and shows a hundred times as much, everywhere. */
    WRONG_AMOUNT(25, Reach.PAYOUT),
    /** 26: no question and no list shows the payout before it is settled. */
    INVISIBLE_UNTIL_SETTLED(26, Reach.PAYOUT),
    /** 27: pays twice for one payout: no honest provider does. */
    PAID_TWICE(27, Reach.PAYOUT),
    /** 28: executes every send anew, whatever its key: no honest provider does. */
    KEY_FORGOTTEN(28, Reach.PAYOUT),
    /** 29: shows a status that the provider's documents do not list until the payout is settled. */
    UNLISTED_STATUS(29, Reach.PAYOUT),
    /** 30: charges the right fee and shows it, everywhere, with a fraction that the currency does not have. */
    FRACTION_OF_A_FEE(30, Reach.PAYOUT),
    /** 31: delivers none of the payout's webhooks. */
    WEBHOOK_LOST(31, Reach.PAYOUT),
    /** 32: delivers each of the payout's webhooks twice. */
    WEBHOOK_DUPLICATED(32, Reach.PAYOUT),
    /** 33: delivers the payout's first webhook so late that those of a reversal come before it. */
    WEBHOOKS_REORDERED(33, Reach.PAYOUT),
    /** 41: RohoPay passes the payout on to a second operator because the first did not answer, and says so. */
    SECOND_OPERATOR(41, Reach.PAYOUT),
    /** 42: Zopay answers as if the quote had expired, and nothing happened. */
    EXPIRED_QUOTE(42, Reach.FIRST_SEND);

    private static final String MAGIC = "9900";

    private final int number;
    private final Reach reach;

    Fault(int number, Reach reach) {
        this.number = number;
        this.reach = reach;
    }

    /** What a fault belongs to. */
    enum Reach {
        /** One answer. */
        FIRST_SEND,
        /** Everything the payout does, whichever send created it. */
        PAYOUT
    }

    /** Returns the digits with which the number of a recipient must end to get this fault. */
    public String recipientEnding() {
        return MAGIC + (number < 10 ? "0" : "") + number;
    }

    boolean reaches(Reach other) {
        return reach == other;
    }

    static Optional<Fault> ofRecipient(String recipient) {
        return Arrays.stream(values())
                .filter(fault -> recipient.endsWith(fault.recipientEnding()))
                .findFirst();
    }
}
