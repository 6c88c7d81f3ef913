package io.holdfast.cli;

import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Payouts;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast payout run}. */
@Command(
        name = "run",
        description = {
            "Sends what is due, asks about doubts, settles what is proven.",
            "Goes one full round at least. Several may run at once, on one machine or many."
        })
final class PayoutRunCommand implements Callable<Integer> {

    private static final int ROUND = 100;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Set<PayoutStatus> OPEN =
            Set.of(PayoutStatus.PENDING, PayoutStatus.SENDING, PayoutStatus.PROCESSING, PayoutStatus.UNKNOWN);

    private final CommandContext context;

    @Option(
            names = "--until-idle",
            description = "go on until every payout has ended, is in review, awaits approval or is scheduled")
    private boolean untilIdle;

    @Option(
            names = "--max-seconds",
            paramLabel = "N",
            description = "stop after so long, with exit code 4 if payouts are still open; default: no limit")
    private Optional<Integer> secondsMax = Optional.empty();

    PayoutRunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        long start = System.nanoTime();
        if (secondsMax.filter(seconds -> seconds < 0).isPresent()) {
            throw CommandFailure.invalid("--max-seconds " + secondsMax.get() + " is below zero");
        }
        return context.with(place -> {
            Workplace.PayoutDesk desk = place.payoutDesk();
            long taken = 0;
            long open = -1;
            boolean roundIsFull = false;
            boolean goesOn = true;
            while (goesOn) {
                int round = desk.processor().runOnce(ROUND);
                taken += round;
                boolean nothingDue = round < ROUND;
                if (nothingDue) {
                    open = tell(open, open(desk.payouts()));
                }
                roundIsFull |= nothingDue;
                boolean done = nothingDue && (!untilIdle || open == 0);
                goesOn = !done && !(roundIsFull && isOver(start));
                if (goesOn && nothingDue) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
            return end(taken, desk.payouts());
        });
    }

    private int end(long taken, Payouts payouts) {
        long open = open(payouts);
        WaitingPayouts waiting = WaitingPayouts.count(payouts);
        boolean inDoubt = untilIdle && open > 0;
        context.output()
                .result(
                        new Document()
                                .with("taken", taken)
                                .withAll(waiting.document())
                                .with("open", open)
                                .with("idle", open == 0),
                        "Took " + Counted.of(taken, "step") + " with payouts; " + stillOpen(open) + "\n"
                                + waiting.text());
        if (inDoubt) {
            context.output()
                    .note(stillOpen(open) + " after " + Counted.of(secondsMax.orElse(0), "second")
                            + ": look again with `holdfast payout run` or `holdfast payout list`");
        }
        return (inDoubt ? ExitCode.IN_DOUBT : ExitCode.DONE).number();
    }

    private long tell(long before, long open) {
        if (untilIdle && open != before && open > 0) {
            context.output().note(stillOpen(open));
        }
        return open;
    }

    private static String stillOpen(long open) {
        return Counted.of(open, "payout") + (open == 1 ? " is" : " are") + " still open";
    }

    private boolean isOver(long start) {
        return secondsMax
                .map(seconds ->
                        System.nanoTime() - start >= Duration.ofSeconds(seconds).toNanos())
                .orElse(false);
    }

    private static long open(Payouts payouts) {
        return payouts.count(PayoutQuery.FIRST_PAGE.statuses(OPEN));
    }
}
