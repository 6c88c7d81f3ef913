package io.holdfast.cli;

import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.spi.Masking;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells what happens in the demo, to a person at a terminal of 96 columns. */
final class DemoTeller {

    private final DemoStage stage;
    private final DemoWords words;
    private final Consumer<String> say;

    DemoTeller(DemoStage stage, Consumer<String> say) {
        this.stage = stage;
        this.words = new DemoWords(name -> stage.cast(name).title());
        this.say = say;
    }

    void opening(int payouts) {
        String wallets = stage.currencies().stream()
                .map(currency -> money(wallet(currency).available()))
                .collect(Collectors.joining(", "));
        say.accept("""
                HOLDFAST DEMO

                Alice sends %d payouts through %d providers of mobile money. Amount and fee are first held on her
                wallet: less is available, more is held. Then a provider is called, and only proof moves the
                money on: it is spent once it is certain that the provider has paid, and the hold is released
                once it is certain that it never will. Silence proves nothing.

                Ledger, database and every call over HTTP are real. The providers are simulators on this
                machine, written from their documents, and time is moved, not waited for.

                Alice's wallet has %s. Our floats, from which providers pay:
                """.formatted(payouts, stage.cast().size(), wallets));
        TextTable cast = new TextTable("provider", ">our float there", "plays at");
        stage.cast()
                .forEach(one -> cast.row(
                        one.title(), money(one.floatThere()), one.simulator().baseUrl()));
        say.accept(indented(cast.toString()));
    }

    void act(int number, DemoAct act) {
        String title = number + ". " + act.title();
        say.accept("\n\n" + title + "\n" + "-".repeat(title.length()) + "\n"
                + line("after", "payout", "available", "held", ""));
    }

    void scene(DemoScene scene, Payout payout) {
        String routes =
                payout.routes().stream().map(name -> stage.cast(name).title()).collect(Collectors.joining(", else "));
        say.accept("\n" + scene.title() + "\n  " + money(payout.amount()) + " and a fee of " + money(payout.fee())
                + " to " + Masking.masked(scene.recipient()) + " through " + routes);
    }

    void changed(Payout payout, PayoutTransition change, Duration after) {
        Balance alice = wallet(payout.amount().currency());
        say.accept(line(
                "+" + span(after),
                change.to().name(),
                amount(alice.available()),
                amount(alice.held()),
                words.meaning(payout, change)));
    }

    private static String line(String after, String status, String available, String held, String meaning) {
        return String.format("  %-8s  %-10s  %10s  %10s   %s", after, status, available, held, meaning)
                .stripTrailing();
    }

    /** Says what the providers have of a payout, and what they say of it themselves. */
    void ended(DemoTale tale) {
        say.accept(tale.visits().stream().map(DemoTeller::visit).collect(Collectors.joining("; ", "  ", "."))
                + tale.payout().failure().map(DemoTeller::said).orElse(""));
    }

    private static String visit(DemoTale.Visit visit) {
        int requests = visit.requests().size();
        String asked = visit.provider().title() + " got " + Counted.of(requests, "request");
        if (requests > 1 && visit.repeatsBody()) {
            asked += ", the same bytes" + (visit.repeatsKey() ? " under the same key" : "") + ",";
        }
        int payments = visit.payments().size();
        int back = payments - visit.kept().size();
        return asked + " and made " + (payments == 0 ? "no payment" : Counted.of(payments, "payment"))
                + (back == 0 ? "" : ", then took back " + back);
    }

    private static String said(PayoutFailure failure) {
        String code = failure.providerCode().isEmpty() ? "" : " (" + failure.providerCode() + ")";
        return failure.detail().isEmpty() ? "" : "\n  It says \"" + failure.detail() + "\"" + code + ".";
    }

    private Balance wallet(Currency currency) {
        return stage.ledger().balance(Wallets.account(DemoStage.OWNER, currency));
    }

    static String money(Money money) {
        return money.currency() + " " + amount(money);
    }

    static String amount(Money money) {
        return money.isZero() ? "-" : String.format("%,." + money.currency().exponent() + "f", money.toDecimal());
    }

    static String indented(String text) {
        return "  " + text.stripTrailing().replaceAll("\n(?!\n)", "\n  ");
    }

    /** Returns a span as a person says it: {@code 35s}, {@code 2h 5m}, {@code 1d 3h}. */
    static String span(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + "d " + span.toHoursPart() + "h";
        } else if (span.toHours() > 0) {
            return span.toHours() + "h " + span.toMinutesPart() + "m";
        }
        return span.toMinutes() > 0 ? span.toMinutes() + "m " + span.toSecondsPart() + "s" : span.toSeconds() + "s";
    }
}
