package io.holdfast.cli;

import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.PayoutTransition.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What became of the demo's payouts, provider by provider: counted from the payouts and from what the providers got. */
final class DemoMatrix {

    private final List<DemoTale> tales;
    private final List<DemoCast> cast;

    DemoMatrix(List<DemoTale> tales, List<DemoCast> cast) {
        this.tales = List.copyOf(tales);
        this.cast = List.copyOf(cast);
    }

    /** Returns it as a table for people. */
    String table() {
        TextTable table = new TextTable("provider", ">succeeded", ">failed", "what else happened");
        for (DemoCast provider : cast) {
            List<String> notes = notes(provider);
            table.row(
                    provider.title(),
                    ended(provider, PayoutStatus.SUCCEEDED),
                    ended(provider, PayoutStatus.FAILED),
                    notes.isEmpty() ? "" : notes.get(0));
            notes.stream().skip(1).forEach(note -> table.row("", "", "", note));
        }
        return table.toString();
    }

    /** Returns it for scripts. */
    List<Document> documents() {
        return cast.stream()
                .map(provider -> new Document()
                        .with("provider", provider.name())
                        .with("succeeded", ended(provider, PayoutStatus.SUCCEEDED))
                        .with("failed", ended(provider, PayoutStatus.FAILED))
                        .with("reversed", ended(provider, PayoutStatus.REVERSED))
                        .with("review", ended(provider, PayoutStatus.REVIEW))
                        .with("late", count(provider, tale -> tale.payout().late()))
                        .with("resent", count(provider, tale -> recovered(tale, Cause.SEND)))
                        .with("foundInList", count(provider, tale -> recovered(tale, Cause.LIST)))
                        .with("passedOn", passedOn(provider).size()))
                .toList();
    }

    private List<String> notes(DemoCast provider) {
        List<String> notes = new ArrayList<>();
        note(
                notes,
                count(provider, tale -> recovered(tale, Cause.SEND)),
                "unanswered, settled by sending the same again");
        note(notes, count(provider, tale -> recovered(tale, Cause.LIST)), "unanswered, settled by its list");
        tales.stream()
                .filter(tale -> isAt(tale, provider) && tale.status() == PayoutStatus.REVIEW)
                .forEach(tale -> notes.add(
                        "1 unanswered, left to a person after exactly " + Counted.of(requests(tale), "request")));
        passedOn(provider).forEach(to -> notes.add("1 refused, which went on to " + to));
        note(notes, ended(provider, PayoutStatus.REVERSED), "paid and taken back later");
        note(notes, count(provider, tale -> tale.payout().late()), "called failed and paid all the same");
        return notes;
    }

    private static void note(List<String> notes, int count, String what) {
        if (count > 0) {
            notes.add(count + " " + what);
        }
    }

    private int ended(DemoCast provider, PayoutStatus status) {
        return count(provider, tale -> tale.status() == status);
    }

    private int count(DemoCast provider, Predicate<DemoTale> what) {
        return (int) tales.stream()
                .filter(tale -> isAt(tale, provider) && what.test(tale))
                .count();
    }

    /** Returns the titles of those that got what this provider refused. */
    private List<String> passedOn(DemoCast provider) {
        List<String> titles = new ArrayList<>();
        for (DemoTale tale : tales) {
            List<PayoutAttempt> attempts = tale.payout().attempts();
            for (int index = 1; index < attempts.size(); index++) {
                PayoutAttempt left = attempts.get(index - 1);
                if (left.provider().equals(provider.name()) && left.state() == AttemptState.FAILED) {
                    titles.add(tale.visits().get(index).provider().title());
                }
            }
        }
        return titles;
    }

    private static boolean isAt(DemoTale tale, DemoCast provider) {
        return tale.payout().provider().equals(provider.name());
    }

    private static int requests(DemoTale tale) {
        return tale.visits().stream().mapToInt(visit -> visit.requests().size()).sum();
    }

    private static boolean recovered(DemoTale tale, Cause by) {
        return tale.recoveries().stream().map(PayoutTransition::cause).anyMatch(by::equals);
    }
}
