package io.holdfast.cli;

import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.Processing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code {request-timeout: 10s, lease: 60s, poll: [5s, 1m], review-after: 3d, poll-after-success: [1d]}}. */
record ProcessingSection(Processing processing, Optional<Duration> requestTimeout, Duration approveWithin) {

    static final ProcessingSection DEFAULTS =
            new ProcessingSection(Processing.DEFAULTS, Optional.empty(), ApprovalPolicy.NONE.within());

    static ProcessingSection read(YamlNode node) {
        Processing usual = Processing.DEFAULTS;
        Optional<Duration> timeout = node.find("request-timeout").map(YamlNode::duration);
        Duration lease = node.find("lease").map(YamlNode::duration).orElse(usual.lease());
        List<Duration> polls = node.find("poll").map(ProcessingSection::waits).orElse(usual.polls());
        Duration review = node.find("review-after").map(YamlNode::duration).orElse(usual.reviewAfter());
        List<Duration> after =
                node.find("poll-after-success").map(ProcessingSection::waits).orElse(usual.pollsAfterEnd());
        Duration approval = node.find("approve-within").map(YamlNode::duration).orElse(DEFAULTS.approveWithin());
        // One file serves every release; the engine of this one has no breaker to switch.
        node.find("circuit-breaker").ifPresent(YamlNode::isOn);
        node.refuseOtherKeys();
        return node.checked(() -> new ProcessingSection(
                usual.lease(lease).polls(polls).reviewAfter(review).pollsAfterEnd(after), timeout, approval));
    }

    private static List<Duration> waits(YamlNode node) {
        return node.items().stream().map(YamlNode::duration).toList();
    }
}
