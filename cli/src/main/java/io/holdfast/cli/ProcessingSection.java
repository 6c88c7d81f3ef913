package io.holdfast.cli;

import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.FeeTolerance;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.Processing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code {request-timeout: 10s, lease: 60s, poll: [5s, 1m], review-after: 3d, poll-after-success: [1d]}}. */
record ProcessingSection(
        Processing processing,
        Optional<Duration> requestTimeout,
        Duration approveWithin,
        CircuitBreaker breaker,
        Optional<Duration> duplicatesWithin,
        FeeTolerance feeTolerance,
        int atOnce) {

    private static final int AT_ONCE = 16;
    private static final int AT_ONCE_MAX = 1_000;

    static final ProcessingSection DEFAULTS = new ProcessingSection(
            Processing.DEFAULTS,
            Optional.empty(),
            ApprovalPolicy.NONE.within(),
            CircuitBreaker.DEFAULTS,
            Optional.empty(),
            FeeTolerance.EXACT,
            AT_ONCE);

    static ProcessingSection read(YamlNode node) {
        Processing usual = Processing.DEFAULTS;
        Optional<Duration> timeout = node.find("request-timeout").map(YamlNode::duration);
        Duration lease = node.find("lease").map(YamlNode::duration).orElse(usual.lease());
        List<Duration> polls = node.find("poll").map(ProcessingSection::waits).orElse(usual.polls());
        Duration review = node.find("review-after").map(YamlNode::duration).orElse(usual.reviewAfter());
        List<Duration> after =
                node.find("poll-after-success").map(ProcessingSection::waits).orElse(usual.pollsAfterEnd());
        Duration approval =
                node.find("approve-within").map(ProcessingSection::approval).orElse(DEFAULTS.approveWithin());
        boolean hasBreaker = node.find("circuit-breaker").map(YamlNode::isOn).orElse(true);
        Optional<Duration> duplicates = node.find("duplicates-within").map(ProcessingSection::duplicates);
        FeeTolerance tolerance = node.find("fee-tolerance")
                .map(percent -> percent.read(ProcessingSection::tolerance))
                .orElse(FeeTolerance.EXACT);
        int atOnce = node.find("at-once").map(ProcessingSection::atOnce).orElse(AT_ONCE);
        node.refuseOtherKeys();
        return node.checked(() -> new ProcessingSection(
                usual.lease(lease).polls(polls).reviewAfter(review).pollsAfterEnd(after),
                timeout,
                approval,
                hasBreaker ? CircuitBreaker.DEFAULTS : CircuitBreaker.OFF,
                duplicates,
                tolerance,
                atOnce));
    }

    private static Duration approval(YamlNode node) {
        Duration span = node.duration();
        return node.checked(() -> ApprovalPolicy.NONE.within(span)).within();
    }

    private static Duration duplicates(YamlNode node) {
        Duration span = node.duration();
        node.checked(() -> PayoutLimits.NONE.duplicatesWithin(span));
        return span;
    }

    private static int atOnce(YamlNode node) {
        if (node.integer() < 1 || node.integer() > AT_ONCE_MAX) {
            throw node.failure("payouts worked on at once are 1 to " + AT_ONCE_MAX);
        }
        return node.integer();
    }

    private static FeeTolerance tolerance(String text) {
        return new FeeTolerance(FeeSection.percent(text));
    }

    private static List<Duration> waits(YamlNode node) {
        return node.items().stream().map(YamlNode::duration).toList();
    }
}
