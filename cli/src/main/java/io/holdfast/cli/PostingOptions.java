package io.holdfast.cli;

import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --debit PATH "CUR n"} and {@code --credit PATH "CUR n"}, in the order in which they were written. */
final class PostingOptions {

    /** One of them as it was written. */
    private record Written(Side side, String path, String amount) {}

    /** Takes the two words that follow the option. */
    static final class Words implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec argument, CommandSpec command) {
            OptionSpec option = (OptionSpec) argument;
            if (words.size() < 2 || isOption(words.peek()) || isOption(words.get(words.size() - 2))) {
                throw new ParameterException(
                        command.commandLine(),
                        option.longestName() + " takes a path and an amount, as in " + option.longestName()
                                + " liabilities:wallets:alice \"TZS 5000.00\"");
            }
            List<Written> written = argument.getValue();
            Side side = option.longestName().equals("--debit") ? Side.DEBIT : Side.CREDIT;
            written.add(new Written(side, words.pop(), words.pop()));
        }

        private static boolean isOption(String word) {
            return word.startsWith("--");
        }
    }

    private final List<Written> written = new ArrayList<>();

    @Option(
            names = "--debit",
            paramLabel = "PATH AMOUNT",
            description = "an account to debit, and how much",
            parameterConsumer = Words.class)
    @SuppressWarnings("UnusedVariable") // the same list, which both options fill
    private List<Written> debits = written;

    @Option(
            names = "--credit",
            paramLabel = "PATH AMOUNT",
            description = "an account to credit, and how much",
            parameterConsumer = Words.class)
    @SuppressWarnings("UnusedVariable") // the same list, which both options fill
    private List<Written> credits = written;

    /** Returns the postings. */
    List<Posting> read(Amounts amounts) {
        return written.stream()
                .map(one -> Posting.of(one.path(), one.side(), amounts.money(one.amount())))
                .toList();
    }

    boolean isEmpty() {
        return written.isEmpty();
    }
}
