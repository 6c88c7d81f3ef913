package io.holdfast.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.holdfast.ledger.Money;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutApproval;
import io.holdfast.payout.PayoutEntry;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.Resolution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Shows a payout with what people have said about it and how it came to stand as it does. */
final class PayoutPeople {

    private final Payouts payouts;
    private final Payout payout;
    private final List<PayoutResolution> resolutions;
    private final List<PayoutApproval> approvals;
    private final List<PayoutTransition> history;

    PayoutPeople(Payouts payouts, Payout payout) {
        this.payouts = payouts;
        this.payout = payout;
        this.resolutions = payouts.resolutions(payout.id());
        this.approvals = payouts.approvals(payout.id());
        this.history = payouts.history(payout.id());
    }

    /** Returns everything for scripts: the payout, what may be done, approvals, resolutions, and its history if asked for. */
    Document document(boolean withHistory) {
        Document document = PayoutDocument.listed(payout)
                .with("mayBeDone", PayoutAdvice.about(payout))
                .with("statusReason", reason().map(PayoutTransition::detail))
                .with(
                        "approvals",
                        approvals.stream().map(PayoutPeople::document).toList())
                .with("approvalsNeeded", approvalsNeeded())
                .with("approveBy", payout.approveBy())
                .with("resolution", pending().map(PayoutPeople::document))
                .with(
                        "resolutions",
                        resolutions.stream().map(PayoutPeople::document).toList());
        if (withHistory) {
            Map<Integer, List<UUID>> entries = entries();
            document.with(
                    "history",
                    history.stream().map(one -> document(one, entries)).toList());
        }
        return document;
    }

    /** The same for people. */
    String text(boolean withHistory) {
        StringBuilder text = new StringBuilder(PayoutDocument.text(payout));
        payout.inDoubtSince().ifPresent(since -> line(text, "in doubt", "since " + TextTable.shown(since)));
        reason().ifPresent(why ->
                line(text, "because", why.cause() + " at " + TextTable.shown(why.at()) + ": " + why.detail()));
        approvals.forEach(one -> line(text, "approved", "by " + one.actor() + " at " + TextTable.shown(one.at())));
        if (approvalsNeeded() > 0) {
            line(
                    text,
                    "needs",
                    approvalsNeeded() + " more to agree"
                            + payout.approveBy()
                                    .map(by -> " by " + TextTable.shown(by))
                                    .orElse(""));
        }
        resolutions.forEach(one -> text.append(text(payout, resolutions, one)));
        if (pending().isEmpty()) {
            PayoutAdvice.about(payout).ifPresent(advice -> line(text, "to do", advice));
        }
        if (withHistory) {
            text.append(table());
        }
        return text.toString();
    }

    private Optional<PayoutResolution> pending() {
        return resolutions.stream().filter(PayoutResolution::isPending).findFirst();
    }

    /** Returns how it came into doubt or review. */
    private Optional<PayoutTransition> reason() {
        return payout.status() != PayoutStatus.REVIEW && payout.status() != PayoutStatus.UNKNOWN
                ? Optional.empty()
                : history.stream()
                        .filter(one ->
                                one.to() == payout.status() && !one.from().equals(Optional.of(payout.status())))
                        .reduce((earlier, later) -> later);
    }

    private int approvalsNeeded() {
        return payout.status() == PayoutStatus.AWAITING_APPROVAL
                ? Math.max(0, payout.checkers() - approvals.size())
                : 0;
    }

    private String table() {
        TextTable table = new TextTable(">NO", "AT", "FROM", "TO", "CAUSE", "BY", "CAME TO");
        Map<Integer, List<UUID>> entries = entries();
        for (PayoutTransition one : history) {
            table.row(
                    one.number(),
                    one.at(),
                    one.from().map(Enum::name).orElse("-"),
                    one.to(),
                    one.cause(),
                    one.actor(),
                    one.verdict());
            table.below(one.detail());
            table.below(one.evidence().isEmpty() ? "" : "evidence: " + one.evidence());
            entries.getOrDefault(one.number(), List.of()).forEach(id -> table.below("entry " + id));
        }
        return table.toString();
    }

    /** Returns the payout's entries by the transitions that made them. */
    private Map<Integer, List<UUID>> entries() {
        return payouts.entries(payout.id()).stream()
                .collect(groupingBy(PayoutEntry::transition, mapping(PayoutEntry::entry, toList())));
    }

    private static Document document(PayoutTransition one, Map<Integer, List<UUID>> entries) {
        return new Document()
                .with("number", one.number())
                .with("at", one.at())
                .with("from", one.from())
                .with("to", one.to())
                .with("verdict", one.verdict())
                .with("cause", one.cause())
                .with("actor", one.actor())
                .with("attempt", one.attempt())
                .with("outcome", one.outcome())
                .with("detail", one.detail())
                .with("evidence", one.evidence())
                .with("entries", entries.getOrDefault(one.number(), List.of()));
    }

    private static Document document(PayoutApproval approval) {
        return new Document()
                .with("number", approval.number())
                .with("by", approval.actor())
                .with("at", approval.at());
    }

    static Document document(PayoutResolution resolution) {
        return new Document()
                .with("number", resolution.number())
                .with("as", resolution.content().verdict().name().toLowerCase(Locale.ROOT))
                .with("evidence", resolution.content().evidence())
                .with("reference", resolution.content().reference())
                .with("fee", resolution.content().fee())
                .with("on", resolution.content().on())
                .with("attempt", resolution.attempt())
                .with("by", resolution.actor())
                .with("at", resolution.at())
                .with("end", resolution.end().map(end -> end.way()))
                .with("endedBy", resolution.end().map(end -> end.actor()));
    }

    /** Returns a resolution line by line and, while it is pending, how another login confirms it. */
    static String text(Payout payout, List<PayoutResolution> all, PayoutResolution resolution) {
        Resolution content = resolution.content();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "resolution",
                resolution.number() + " by " + resolution.actor() + " at " + TextTable.shown(resolution.at()));
        line(text, "verdict", content.verdict().name());
        line(text, "evidence", content.evidence());
        content.reference().ifPresent(reference -> line(text, "reference", reference));
        content.fee().ifPresent(fee -> line(text, "fee", fee(fee, payout)));
        content.on().ifPresent(date -> line(text, "on", date.toString()));
        resolution.end().ifPresent(end -> line(text, "ended", text(end)));
        if (resolution.isPending()) {
            line(text, "to do", "another login has to confirm it: " + confirmation(payout, all, resolution));
        }
        return text.toString();
    }

    /** Returns one that is pending, and how another login confirms it, as part of a message. */
    static String sentence(Payout payout, List<PayoutResolution> all, PayoutResolution pending) {
        Resolution content = pending.content();
        return pending.number() + " by " + pending.actor() + " at " + TextTable.shown(pending.at()) + ": "
                + content.verdict() + ", " + content.evidence()
                + content.reference().map(given -> ", reference " + given).orElse("")
                + content.fee().map(fee -> ", fee " + fee(fee, payout)).orElse("")
                + content.on().map(date -> ", on " + date).orElse("")
                + "; another login has to confirm it: " + confirmation(payout, all, pending);
    }

    /** Returns a fee beside what was paid, so that whoever confirms it sees what was mistyped. */
    private static String fee(Money fee, Payout payout) {
        return fee + " for " + payout.amount()
                + (fee.compareTo(payout.amount()) > 0 ? ", more than the amount itself" : "");
    }

    private static String text(PayoutResolution.End end) {
        return end.way() + " by " + end.actor() + " at " + TextTable.shown(end.at());
    }

    private static String confirmation(Payout payout, List<PayoutResolution> all, PayoutResolution resolution) {
        return "`holdfast payout confirm " + PayoutAdvice.name(payout)
                + (all.size() > 1 ? " --resolution " + resolution.number() : "") + "`";
    }

    private static void line(StringBuilder text, String name, String value) {
        PayoutDocument.line(text, name, value);
    }
}
