package io.holdfast.payout.engine;

import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Feature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says what of a payout is to be asked: of each attempt whose end is not proven, under each reference that it was given. */
final class Questions {

    private final Settings settings;

    Questions(Settings settings) {
        this.settings = settings;
    }

    /**
     * What is to be asked.
     *
     * @param reference under which; absent if none is known, and other ways are left
     */
    record Question(Attempt attempt, Optional<String> reference) {}

    /** Returns what a payout that is due is to be asked: about what was hinted at, what is in dispute, and what counts. */
    List<Question> about(PayoutSnapshot payout) {
        Set<Question> questions = new LinkedHashSet<>();
        payout.standing().hinted().map(number -> hinted(payout, number)).ifPresent(questions::addAll);
        payout.attempts().stream()
                .filter(Attempt::isDisputed)
                .map(Questions::underEachReference)
                .forEach(questions::addAll);
        questions.addAll(payout.live().map(live -> live(payout, live)).orElseGet(() -> watched(payout)));
        return List.copyOf(questions);
    }

    /** Returns what is to be asked about an attempt that an unsigned delivery names; nothing if nobody can be asked. */
    List<Question> hinted(PayoutSnapshot payout, int number) {
        Attempt attempt = payout.attempt(number);
        boolean isOver = payout.standing().status() == PayoutStatus.REVERSED && attempt.state() == AttemptState.SETTLED;
        if (isOver) {
            return List.of();
        } else if (attempt.reference().isPresent()) {
            return underEachReference(attempt);
        } else if (attempt.state() == AttemptState.OPEN) {
            return live(payout, attempt);
        }
        // Without a reference of theirs only our own proves that a payout of their list is this one.
        boolean isShown = has(attempt, Feature.LIST) && has(attempt, Feature.ECHOES_REFERENCE);
        return isShown && !attempt.sends().isEmpty() ? otherwise(attempt) : List.of();
    }

    /** Returns what is to be asked about the attempt that may pay or has paid. */
    private List<Question> live(PayoutSnapshot payout, Attempt live) {
        PayoutStatus status = payout.standing().status();
        if (live.state() == AttemptState.SETTLED) {
            return live.reference()
                    .filter(settling -> status != PayoutStatus.REVERSED)
                    .map(settling -> List.of(new Question(live, Optional.of(settling))))
                    .orElse(List.of());
        } else if (live.reference().isPresent()) {
            return underEachReference(live);
        }
        boolean isInDoubt = status == PayoutStatus.UNKNOWN || status == PayoutStatus.PROCESSING;
        boolean isListed = has(live, Feature.LIST) && !live.isClear();
        return isInDoubt || isListed ? otherwise(live) : List.of();
    }

    /** Where all attempts have failed, returns what is to be asked about the latest that was known or may be in a list. */
    private List<Question> watched(PayoutSnapshot payout) {
        List<Attempt> latestFirst = new ArrayList<>(payout.attempts());
        Collections.reverse(latestFirst);
        return latestFirst.stream()
                .filter(attempt ->
                        attempt.reference().isPresent() || (attempt.isInDoubt() && has(attempt, Feature.LIST)))
                .findFirst()
                .map(attempt -> attempt.reference().isPresent() ? underEachReference(attempt) : otherwise(attempt))
                .orElse(List.of());
    }

    private static List<Question> underEachReference(Attempt attempt) {
        return Stream.of(attempt.reference().stream().toList(), attempt.references())
                .flatMap(Collection::stream)
                .distinct()
                .map(given -> new Question(attempt, Optional.of(given)))
                .toList();
    }

    private static List<Question> otherwise(Attempt attempt) {
        return List.of(new Question(attempt, Optional.empty()));
    }

    private boolean has(Attempt attempt, Feature feature) {
        // A provider that is not configured here is for another processor to ask.
        return settings.find(attempt.provider())
                .map(provider -> provider.capabilities().has(feature))
                .orElse(true);
    }
}
