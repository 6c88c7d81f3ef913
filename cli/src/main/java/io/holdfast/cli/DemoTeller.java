package io.holdfast.cli;

import io.holdfast.audit.CheckResult;
import io.holdfast.audit.Verification;
import io.holdfast.books.TrialBalance;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.spi.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells what happens in the demo, to a person at a terminal of 100 columns. */
final class DemoTeller {

    private final DemoStage stage;
    private final Consumer<String> say;

    DemoTeller(DemoStage stage, Consumer<String> say) {
        this.stage = stage;
        this.say = say;
    }

    void opening() {
        List<String> played = stage.cast().stream()
                .map(one -> one.title() + " on " + one.simulator().baseUrl())
                .toList();
        say.accept("Holdfast demo: a database of its own, and providers played over HTTP:\n  "
                + String.join("\n  ", played) + "\nTime is moved, not waited for.");
    }

    void funded(Money amount) {
        String floats = stage.cast().stream()
                .filter(one -> one.currency().equals(amount.currency()))
                .map(one -> "at " + one.title() + " with " + one.floatThere())
                .collect(Collectors.joining(" and "));
        say.accept("\nAlice's wallet is funded with " + amount + ", our float " + floats + "\n"
                + line("", "", amount.currency()));
    }

    void scene(DemoScene scene) {
        say.accept("\n" + scene.title() + "\n  " + scene.amount() + " to "
                + Recipient.MobileMoney.of(scene.recipient()) + ", fee "
                + stage.fee(scene.amount().currency()));
    }

    void changed(Payout payout, Duration after) {
        say.accept(
                line("+" + span(after), payout.status().name(), payout.amount().currency(), meaning(payout)));
    }

    void paid(int payments, Map<String, Long> sends) {
        String times =
                payments == 0 ? "keeps nothing" : payments == 1 ? "was paid once" : "was paid " + payments + " times";
        String asked = sends.entrySet().stream()
                .map(one -> one.getKey() + " was asked " + one.getValue()
                        + (one.getValue() == 1 ? " time" : " times, with the same bytes under the same key"))
                .collect(Collectors.joining(", "));
        say.accept("  " + asked + "; the recipient " + times + ".");
    }

    void accounts(TrialBalance books, Verification verification) {
        TextTable table = new TextTable("account", "currency", ">debit", ">credit");
        books.rows()
                .forEach(row -> table.row(
                        row.account().path(), row.account().currency(), amount(row.debit()), amount(row.credit())));
        books.totals()
                .forEach(total -> table.row("total", total.currency(), amount(total.debit()), amount(total.credit())));
        say.accept("\nTrial balance\n" + indented(table.toString()));
        long examined =
                verification.checks().stream().mapToLong(CheckResult::examined).sum();
        long held = verification.checks().stream().filter(CheckResult::ok).count();
        say.accept("Verified: " + held + " of " + verification.checks().size() + " invariants hold, " + examined
                + " things examined");
    }

    void floats(DemoCast provider, Money here, Money there) {
        say.accept("Float at " + provider.title() + ": " + here + " in the books, " + there + " at the provider");
    }

    void closing(List<String> wrong) {
        say.accept(
                wrong.isEmpty()
                        ? "\nAll money is accounted for."
                        : "\nNOT all money is accounted for: " + String.join("; ", wrong));
    }

    private String meaning(Payout payout) {
        return switch (payout.status()) {
            case PENDING -> payout.attempts().isEmpty() ? "held: amount and fee" : "to be sent again";
            case PROCESSING ->
                payout.attempts().size() > 1
                        ? "refused by " + payout.attempts().get(0).provider() + ", accepted by " + payout.provider()
                        : "accepted; the hold stays";
            case UNKNOWN -> "no answer proves nothing: the hold stays";
            case SUCCEEDED ->
                payout.late() ? "paid after all: taken from what is available" : "paid: the hold is committed";
            case FAILED ->
                "failed ("
                        + payout.failure()
                                .map(failure -> failure.reason().name())
                                .orElse("") + "): the hold is released";
            case REVERSED -> "came back: amount and fee return";
            case REVIEW -> "for a person to settle; the hold stays";
            case AWAITING_APPROVAL, SCHEDULED, SENDING, CANCELLED -> "";
        };
    }

    private String line(String after, String status, Currency currency, String... meaning) {
        Balance alice = stage.ledger().balance(Wallets.account("alice", currency));
        return String.format(
                        "  %-10s %-11s available %12s   held %12s   %s",
                        after, status, amount(alice.available()), amount(alice.held()), String.join("", meaning))
                .stripTrailing();
    }

    private static String amount(Money money) {
        return money.isZero() ? "-" : String.format("%,." + money.currency().exponent() + "f", money.toDecimal());
    }

    private static String indented(String text) {
        return "  " + text.stripTrailing().replace("\n", "\n  ") + "\n";
    }

    /** Returns a span as a person says it: {@code 35s}, {@code 2h}, {@code 1d 3h}. */
    static String span(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + "d " + span.toHoursPart() + "h";
        } else if (span.toHours() > 0) {
            return span.toHours() + "h " + span.toMinutesPart() + "m";
        }
        return span.toMinutes() > 0 ? span.toMinutes() + "m " + span.toSecondsPart() + "s" : span.toSeconds() + "s";
    }
}
