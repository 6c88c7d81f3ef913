package io.holdfast.payout.engine;

import io.holdfast.payout.ParkedWebhook;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.WebhookInbox;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.WebhookReceipt.Kind;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries down before anything is done about them, so that none that was accepted is lost, and applies them once
 * their attempt is known.
 */
final class Inbox implements WebhookInbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** How often an unsigned delivery may make us ask about one payout. */
    static final Duration HINT_GAP = Duration.ofMinutes(1);

    private static final int RIPE_MAX = 100;
    private static final int TOLD_MAX = 10_000;
    /** What is parked for longer belongs to nobody here, or is taken up when its reference becomes known. */
    private static final Duration RIPE_WITHIN = Duration.ofDays(7);

    private final Desk desk;
    private final Environments environments;
    private final Applier applier;
    private final Questions questions;
    /** Behind which delivery to look for ripe ones next. */
    private final AtomicLong ripeAfter = new AtomicLong();
    /** Of which deliveries the log says already that they cannot be applied. */
    private final Set<Long> told = ConcurrentHashMap.newKeySet();

    Inbox(Desk desk, Environments environments, Applier applier) {
        this.desk = desk;
        this.environments = environments;
        this.applier = applier;
        this.questions = new Questions(desk.settings());
    }

    @Override
    public WebhookReceipt receive(String provider, WebhookDelivery delivery) {
        PayoutProvider known = desk.settings().named(provider);
        WebhookNotice notice = ProviderCalls.webhook(known, delivery);
        Optional<String> objection = objection(known, notice);
        if (objection.isPresent()) {
            return refused(provider, objection.get());
        } else if (notice instanceof WebhookNotice.Proven proven) {
            return proven(provider, proven);
        } else if (notice instanceof WebhookNotice.Hint hint) {
            return hint(provider, hint);
        } else if (notice instanceof WebhookNotice.Unrelated unrelated) {
            return new WebhookReceipt(Kind.IGNORED, Optional.empty(), "Not about payouts: " + unrelated.type());
        }
        return refused(provider, ((WebhookNotice.Refused) notice).detail());
    }

    /** A signed call is kept for good, so it settles of which environment payouts are, as a send does. No other call does. */
    private Optional<String> objection(PayoutProvider provider, WebhookNotice notice) {
        if (notice instanceof WebhookNotice.Refused) {
            return Optional.empty();
        }
        return notice instanceof WebhookNotice.Proven
                ? environments.objection(provider)
                : environments.difference(provider);
    }

    private static WebhookReceipt refused(String provider, String why) {
        LOG.warn("A webhook in the name of {} was refused: {}", provider, why);
        return new WebhookReceipt(Kind.REFUSED, Optional.empty(), why);
    }

    @Override
    public List<ParkedWebhook> parked(int limit, int offset) {
        PayoutQuery page = PayoutQuery.FIRST_PAGE.page(limit, offset);
        return desk.session().read(db -> desk.stores().webhooks().parked(db, page.limit(), page.offset()));
    }

    @Override
    public long countParked() {
        return desk.session().read(db -> desk.stores().webhooks().countParked(db));
    }

    /**
     * Applies parked deliveries whose attempt has become known, which is only left to do after a crash. One that cannot be
     * applied stays parked, and neither payouts nor other deliveries wait for it: the next round goes on behind it.
     */
    void takeUpParked() {
        List<Long> ripe = desk.session()
                .read(db -> desk.stores()
                        .webhooks()
                        .ripe(db, desk.clock().now(db).minus(RIPE_WITHIN), ripeAfter.get(), RIPE_MAX));
        ripeAfter.set(ripe.size() < RIPE_MAX ? 0 : ripe.get(ripe.size() - 1));
        ripe.forEach(this::takeUpIfPossible);
    }

    /** Catches what is thrown, as around a provider: what makes one delivery fail is not to stop all payouts for days. */
    private void takeUpIfPossible(long delivery) {
        try {
            applier.takeUp(delivery);
        } catch (RuntimeException failed) {
            if (told.size() >= TOLD_MAX) {
                told.clear();
            }
            if (told.add(delivery)) {
                LOG.error("Delivery {} stays parked, because it cannot be applied", delivery, failed);
            }
        }
    }

    private WebhookReceipt proven(String provider, WebhookNotice.Proven notice) {
        Optional<Long> number = desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            return desk.stores().webhooks().insert(transaction.db(), provider, notice, now);
        });
        if (number.isEmpty()) {
            // Taking up the first copy may have been cut off.
            desk.session()
                    .read(db -> desk.stores().webhooks().parkedAs(db, provider, notice.id()))
                    .ifPresent(applier::takeUp);
            return new WebhookReceipt(Kind.DUPLICATE, Optional.empty(), "Delivery " + notice.id() + " is known");
        }
        return applier.takeUp(number.get())
                .map(payout -> new WebhookReceipt(
                        Kind.APPLIED,
                        Optional.of(payout),
                        notice.outcome().code().name()))
                .orElseGet(() -> new WebhookReceipt(
                        Kind.PARKED,
                        Optional.empty(),
                        "No payout is known as " + notice.reference().orElse("what it names") + " yet"));
    }

    private WebhookReceipt hint(String provider, WebhookNotice.Hint hint) {
        Optional<UUID> payout = desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            WebhookStore webhooks = desk.stores().webhooks();
            return webhooks.about(transaction.db(), provider, hint.reference(), hint.ourReference())
                    .filter(about -> canBeAsked(transaction, about))
                    .filter(about -> webhooks.bringForward(transaction.db(), about, now, HINT_GAP))
                    .map(WebhookStore.About::payout);
        });
        return payout.isPresent()
                ? new WebhookReceipt(Kind.ASKING, payout, "Not signed: the provider is asked")
                : new WebhookReceipt(Kind.IGNORED, payout, "Not signed, and there is nothing to ask just now");
    }

    private boolean canBeAsked(Transaction transaction, WebhookStore.About about) {
        return desk.stores()
                .reader()
                .find(transaction.db(), about.payout())
                .filter(payout -> !questions.hinted(payout, about.attempt()).isEmpty())
                .isPresent();
    }
}
