package io.holdfast.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets contenders take turns, so that a machine whose speed drifts is unfair to none of them. */
final class Rounds {

    private final List<Contender> contenders;
    private final int rounds;
    private final Duration warmUp;
    private final Duration span;
    private final PrintStream out;

    /** Plans rounds of a span each, after one to warm up that is not counted. */
    Rounds(List<Contender> contenders, int rounds, Duration warmUp, Duration span, PrintStream out) {
        this.contenders = contenders;
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.span = span;
        this.out = out;
    }

    /** One contender's speed in each round. */
    record Figures(List<Double> perRound) {

        double median() {
            return median(perRound);
        }

        /** Returns the median of the ratios round by round. */
        double ratioTo(Figures other) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < perRound.size(); i++) {
                ratios.add(perRound.get(i) / other.perRound.get(i));
            }
            return median(ratios);
        }

        private static double median(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }

    Map<String, Figures> run() throws Exception {
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Contender contender : contenders) {
                double speed = contender.perSecond(round == 0 ? warmUp : span);
                out.printf("round %d  %-55s %,12.0f a second%n", round, contender.name(), speed);
                if (round > 0) {
                    figures.computeIfAbsent(contender.name(), none -> new Figures(new ArrayList<>()))
                            .perRound()
                            .add(speed);
                }
            }
        }
        return figures;
    }
}
