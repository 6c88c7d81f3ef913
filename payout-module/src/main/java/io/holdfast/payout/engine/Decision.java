package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutTransition.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What an event comes to: how payout and attempt stand from now on, what is booked, and what a person should see. */
record Decision(
        Verdict verdict,
        Standing standing,
        Attempt attempt,
        List<Effect> effects,
        List<Finding> findings,
        String detail) {

    Decision {
        effects = List.copyOf(effects);
        findings = List.copyOf(findings);
    }

    static Decision of(Verdict verdict, Standing standing, Attempt attempt, String detail) {
        return new Decision(verdict, standing, attempt, List.of(), List.of(), detail);
    }

    Decision booking(Effect... more) {
        List<Effect> all = new ArrayList<>(effects);
        all.addAll(List.of(more));
        return new Decision(verdict, standing, attempt, all, findings, detail);
    }

    Decision finding(Finding finding) {
        List<Finding> all = new ArrayList<>(findings);
        all.add(finding);
        return new Decision(verdict, standing, attempt, effects, all, detail);
    }

    Decision findings(List<Finding> more) {
        Decision decision = this;
        for (Finding finding : more) {
            decision = decision.finding(finding);
        }
        return decision;
    }

    Decision verdict(Verdict replacement) {
        return new Decision(replacement, standing, attempt, effects, findings, detail);
    }

    Decision attempt(Attempt replacement) {
        return new Decision(verdict, standing, replacement, effects, findings, detail);
    }

    Decision standing(Standing replacement) {
        return new Decision(verdict, replacement, attempt, effects, findings, detail);
    }
}
