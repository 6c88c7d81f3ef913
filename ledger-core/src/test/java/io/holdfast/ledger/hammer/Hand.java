package io.holdfast.ledger.hammer;

import static io.holdfast.ledger.hammer.Acknowledgements.Answer.ONE_OF_THEM;
import static io.holdfast.ledger.hammer.Acknowledgements.Answer.RECORDED;
import static io.holdfast.ledger.hammer.Acknowledgements.Answer.REPLAYED;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Reversal;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.hammer.Acknowledgements.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One thread of a worker: does one thing after the other until the time is up, and weighs each answer. */
final class Hand implements Runnable {

    private static final int BATCH_MAX = 40;
    private static final int GROUP_MAX = 4;

    /** What commands may be refused for. */
    private static final Set<String> EXPECTED = Set.of(
            "PERIOD_CLOSED",
            "ACCOUNT_FROZEN",
            "HOLD_NOT_FOUND",
            "HOLD_NOT_ACTIVE",
            "HOLD_EXPIRED",
            "HOLD_EXCEEDED",
            "ENTRY_NOT_FOUND",
            "NOT_REVERSIBLE",
            "ALREADY_REVERSED",
            "INSUFFICIENT_FUNDS",
            "LIMIT_EXCEEDED");

    private final Worker worker;
    private final Ledger ledger;
    private final Random random;
    private final Host host;

    Hand(Worker worker, Ledger ledger, Random random) {
        this.worker = worker;
        this.ledger = ledger;
        this.random = random;
        this.host = new Host(worker, this, ledger, random);
    }

    @Override
    public void run() {
        while (worker.goesOn()) {
            int choice = random.nextInt(100);
            if (choice < 35) {
                single(draw());
            } else if (choice < 65) {
                batch();
            } else if (choice < 82) {
                host.transaction();
            } else if (choice < 90) {
                conflict();
            } else if (choice < 93) {
                worker.tally().add("expired", worker.answered(() -> ledger.expireHolds(1 + random.nextInt(50))));
            } else if (choice < 98) {
                look();
            } else {
                freeze();
            }
        }
    }

    long draw() {
        return worker.scenario().draw(random, Instant.now());
    }

    List<Long> draw(int most) {
        List<Long> numbers = new ArrayList<>();
        for (int i = random.nextInt(most); i >= 0; i--) {
            numbers.add(draw());
        }
        return numbers;
    }

    KeyedCommand command(long number) {
        return worker.commands().command(number, worker.number());
    }

    private void single(long number) {
        boolean wasTold = worker.acknowledgements().has(number);
        KeyedCommand command = command(number);
        try {
            Line line = worker.answered(() -> call(number, command));
            worker.acknowledgements().keep(List.of(line));
            worker.tally().add("done");
        } catch (RefusedException no) {
            checkRefusal(number, no.refusal(), wasTold);
        }
    }

    private Line call(long number, KeyedCommand command) {
        if (command instanceof JournalEntry entry) {
            return Line.of(number, ONE_OF_THEM, ledger.post(entry));
        } else if (command instanceof HoldRequest request) {
            return new Line(number, ONE_OF_THEM, ledger.hold(request).id(), Optional.empty());
        } else if (command instanceof HoldCommit commit) {
            return Line.of(number, ONE_OF_THEM, ledger.commit(commit));
        } else if (command instanceof HoldRelease release) {
            return Line.of(number, ONE_OF_THEM, ledger.release(release));
        }
        return Line.of(number, ONE_OF_THEM, ledger.reverse((Reversal) command));
    }

    private void batch() {
        Asked asked = ask(draw(BATCH_MAX));
        List<Result> results = worker.answered(() -> ledger.execute(asked.commands()));
        asked.check(results);
    }

    /** Puts commands together, some of them in groups. */
    Asked ask(List<Long> numbers) {
        List<Command> commands = new ArrayList<>();
        List<List<Long>> parts = new ArrayList<>();
        for (int from = 0; from < numbers.size(); ) {
            boolean isGroup = random.nextInt(6) == 0;
            int to = Math.min(numbers.size(), from + 1 + (isGroup ? random.nextInt(GROUP_MAX) : 0));
            List<Long> part = numbers.subList(from, to);
            List<KeyedCommand> keyed = part.stream().map(this::command).toList();
            commands.add(isGroup ? new CommandGroup(keyed) : keyed.get(0));
            parts.add(part);
            from = to;
        }
        Set<Long> told = new HashSet<>(numbers);
        told.removeIf(number -> !worker.acknowledgements().has(number));
        return new Asked(commands, parts, told);
    }

    /** Commands, their numbers, and which of these had been carried out before they were asked for. */
    final class Asked {

        private final List<Command> commands;
        private final List<List<Long>> parts;
        private final Set<Long> told;

        Asked(List<Command> commands, List<List<Long>> parts, Set<Long> told) {
            this.commands = commands;
            this.parts = parts;
            this.told = told;
        }

        List<Command> commands() {
            return commands;
        }

        /** Weighs results that are committed. */
        void check(List<Result> results) {
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                Result result = results.get(i);
                List<Long> part = parts.get(i);
                if (result instanceof Result.GroupRecorded group) {
                    for (int j = 0; j < part.size(); j++) {
                        check(part.get(j), group.results().get(j), lines);
                    }
                } else if (result instanceof Result.GroupRefused refused) {
                    checkRefusal(
                            part.get(refused.command()), refused.refusal(), told.contains(part.get(refused.command())));
                } else {
                    check(part.get(0), result, lines);
                }
            }
            worker.acknowledgements().keep(lines);
        }

        private void check(long number, Result result, List<Line> lines) {
            if (result instanceof Result.Recorded recorded) {
                lines.add(Line.of(number, RECORDED, recorded.entry()));
                worker.tally().add("done");
            } else if (result instanceof Result.Replayed replayed) {
                lines.add(Line.of(number, REPLAYED, replayed.entry()));
                worker.tally().add("replayed");
            } else {
                checkRefusal(number, ((Result.Refused) result).refusal(), told.contains(number));
            }
        }
    }

    private void checkRefusal(long number, Refusal refusal, boolean wasTold) {
        if (wasTold) {
            throw new Violation(Commands.key(number) + " was carried out and then refused: " + refusal);
        }
        boolean isLostDuel = Commands.isDuel(number) && refusal instanceof Refusal.KeyConflict;
        if (!isLostDuel && !EXPECTED.contains(refusal.code())) {
            throw new Violation(Commands.key(number) + " was refused: " + refusal);
        }
        worker.tally().add("refused");
        worker.tally().add(refusal.code());
    }

    /** Uses the key of something that was carried out for something else. */
    private void conflict() {
        worker.acknowledgements().any(random).ifPresent(number -> {
            KeyedCommand other = Commands.conflicting(number);
            Result result =
                    worker.answered(() -> ledger.execute(List.of(other))).get(0);
            if (!(result instanceof Result.Refused refused && refused.refusal() instanceof Refusal.KeyConflict)) {
                throw new Violation("Other content under " + other.key() + " was answered with " + result);
            }
            worker.tally().add("conflicts");
        });
    }

    /** Looks whether the limits hold, whatever is going on. */
    private void look() {
        Account wallet = Scenario.WALLETS.get(random.nextInt(Scenario.WALLETS.size()));
        Balance balance = worker.answered(() -> ledger.balance(wallet));
        AccountTerms terms = Scenario.terms(wallet);
        boolean isWithin = !balance.available().isNegative()
                && !balance.held().isNegative()
                && terms.maximum().stream().allMatch(most -> balance.total().compareTo(most) <= 0);
        if (!isWithin) {
            throw new Violation("Beyond its limits: " + balance);
        }
        worker.tally().add("looks");
    }

    private void freeze() {
        Set<Side> one = Set.of(random.nextBoolean() ? Side.DEBIT : Side.CREDIT);
        worker.answered(() -> random.nextInt(3) == 0
                ? ledger.freeze(Scenario.FROZEN_AT_TIMES, one)
                : ledger.unfreeze(Scenario.FROZEN_AT_TIMES, Set.of(Side.DEBIT, Side.CREDIT)));
    }
}
