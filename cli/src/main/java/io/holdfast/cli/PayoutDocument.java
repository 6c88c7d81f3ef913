package io.holdfast.cli;

import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutSend;
import io.holdfast.payout.spi.Recipient;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Writes payouts down, for scripts and for people. */
final class PayoutDocument {

    private static final int NAME_WIDTH = 11;

    private PayoutDocument() {}

    static Document of(Payout payout) {
        return new Document()
                .with("id", payout.id())
                .with("key", payout.key().value())
                .with("status", payout.status())
                .with("wallet", payout.wallet().path())
                .with("amount", payout.amount())
                .with("fee", payout.fee())
                .with("total", payout.total())
                .with("payer", payout.payer().name().toLowerCase(Locale.ROOT))
                .with("received", payout.received())
                .with("reversed", payout.reversed())
                .with("recipient", recipient(payout))
                .with("narration", payout.narration())
                .with("provider", payout.provider())
                .with("providerReference", payout.providerReference())
                .with(
                        "attempts",
                        payout.attempts().stream().map(PayoutDocument::attempt).toList())
                .with("failureReason", payout.failure().map(PayoutFailure::reason))
                .with("failureDetail", payout.failure().map(PayoutFailure::detail))
                .with("failoverReason", payout.failoverReason())
                .with("late", payout.late())
                .with("notBefore", payout.notBefore())
                .with("hold", payout.hold())
                .with("entries", payout.entries())
                .with("requestedBy", payout.requestedBy())
                .with("createdAt", payout.createdAt())
                .with("updatedAt", payout.updatedAt())
                .with("completedAt", payout.completedAt())
                .with("metadata", new TreeMap<>(payout.metadata()));
    }

    /** The same with since when it is in doubt and what may be done. */
    static Document listed(Payout payout) {
        return of(payout)
                .with("inDoubtSince", payout.inDoubtSince())
                .with("mayBeDone", PayoutAdvice.aboutListed(payout));
    }

    static String text(Payout payout) {
        StringBuilder text = new StringBuilder();
        line(text, "payout", payout.key() + " (" + payout.id() + ")");
        line(text, "status", payout.status() + (payout.late() ? ", late" : ""));
        line(text, "requested", TextTable.shown(payout.createdAt()) + " by " + payout.requestedBy());
        payout.notBefore().ifPresent(earliest -> line(text, "not before", earliest));
        line(text, "wallet", payout.wallet());
        line(text, "amount", payout.amount() + ", fee " + payout.fee() + ", total " + payout.total());
        line(text, "fee payer", payout.payer().name().toLowerCase(Locale.ROOT));
        payout.received().ifPresent(received -> line(text, "received", received));
        if (payout.reversed().isPositive()) {
            line(text, "reversed", payout.reversed());
        }
        line(
                text,
                "recipient",
                payout.recipient()
                        + payout.operator().map(named -> ", " + named).orElse(""));
        if (!payout.narration().isEmpty()) {
            line(text, "narration", payout.narration());
        }
        line(
                text,
                "provider",
                payout.provider()
                        + payout.providerReference()
                                .map(reference -> ", its reference " + reference)
                                .orElse(""));
        for (PayoutAttempt attempt : payout.attempts()) {
            List<String> outcomes = attempt.sends().stream()
                    .map(send -> send.outcome().map(Enum::name).orElse("under way"))
                    .toList();
            line(
                    text,
                    "attempt " + attempt.number(),
                    attempt.provider() + ", " + attempt.state() + ", sent "
                            + attempt.sends().size() + "x: " + String.join(", ", outcomes));
        }
        payout.failoverReason().ifPresent(reason -> line(text, "failover", reason));
        payout.failure().ifPresent(failure -> line(text, "failure", failure.reason() + " " + failure.detail()));
        new TreeMap<>(payout.metadata()).forEach((name, value) -> line(text, "metadata", name + "=" + value));
        line(text, "hold", payout.hold());
        line(text, "updated", payout.updatedAt());
        payout.completedAt().ifPresent(end -> line(text, "completed", end));
        return text.toString();
    }

    static void line(StringBuilder text, String name, Object value) {
        text.append(String.format("%-" + NAME_WIDTH + "s", name))
                .append(TextWidth.wrapped(TextTable.shown(value), NAME_WIDTH));
    }

    private static Document recipient(Payout payout) {
        Recipient recipient = payout.recipient();
        Document document = new Document().with("type", Channels.word(recipient.channel()));
        if (recipient instanceof Recipient.BankAccount account) {
            document.with("bank", account.bank()).with("account", account.account());
        } else {
            document.with("phone", recipient.address());
        }
        document.with("name", recipient.name());
        return recipient instanceof Recipient.MobileMoney ? document.with("operator", payout.operator()) : document;
    }

    private static Document attempt(PayoutAttempt attempt) {
        return new Document()
                .with("number", attempt.number())
                .with("provider", attempt.provider())
                .with("key", attempt.key())
                .with("state", attempt.state())
                .with("outcome", attempt.outcome())
                .with("providerReference", attempt.providerReference())
                .with("quotedFee", attempt.quotedFee())
                .with("providerFee", attempt.providerFee())
                .with(
                        "sends",
                        attempt.sends().stream().map(PayoutDocument::send).toList());
    }

    private static Document send(PayoutSend send) {
        return new Document()
                .with("number", send.number())
                .with("sentAt", send.sentAt())
                .with("outcome", send.outcome())
                .with("answeredAt", send.answeredAt());
    }
}
