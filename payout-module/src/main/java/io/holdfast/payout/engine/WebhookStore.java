package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_REFERENCE;
import static io.holdfast.db.generated.Tables.PAYOUT_STATE;
import static io.holdfast.db.generated.Tables.PAYOUT_WEBHOOK;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.val;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.RipeWebhooks;
import io.holdfast.db.generated.tables.records.ParkedWebhooksRecord;
import io.holdfast.db.generated.tables.records.PayoutWebhookRecord;
import io.holdfast.payout.ParkedWebhook;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.WebhookNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;

/** Writes and reads what providers called us to say. */
final class WebhookStore {

    private static final Pattern OUR_REFERENCE =
            Pattern.compile("([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-([1-9][0-9]{0,8})");
    /** Where the provider may still have news to be asked for. */
    private static final List<String> ASKABLE = List.of(
            PayoutStatus.PROCESSING.name(),
            PayoutStatus.UNKNOWN.name(),
            PayoutStatus.REVIEW.name(),
            PayoutStatus.SUCCEEDED.name(),
            PayoutStatus.FAILED.name(),
            PayoutStatus.CANCELLED.name(),
            PayoutStatus.REVERSED.name());

    private final int ledgerId;

    WebhookStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** Which attempt a delivery is about. */
    record About(UUID payout, int attempt) {}

    /** Takes a delivery down, parked; returns nothing if a copy of it is there. */
    Optional<Long> insert(DSLContext db, String provider, WebhookNotice.Proven notice, Instant receivedAt) {
        PayoutWebhookRecord row = db.newRecord(PAYOUT_WEBHOOK);
        row.setLedgerId(ledgerId);
        row.setProvider(provider);
        row.setReceivedAt(receivedAt);
        StoredNotice.write(notice, row);
        return db.insertInto(PAYOUT_WEBHOOK)
                .set(row)
                .onConflict(PAYOUT_WEBHOOK.LEDGER_ID, PAYOUT_WEBHOOK.PROVIDER, PAYOUT_WEBHOOK.DELIVERY)
                .doNothing()
                .returning(PAYOUT_WEBHOOK.WEBHOOK_NO)
                .fetchOptional(PAYOUT_WEBHOOK.WEBHOOK_NO);
    }

    /** Returns the attempt that has the provider's reference, else the one whose own reference is echoed. */
    Optional<About> about(DSLContext db, String provider, Optional<String> reference, Optional<String> ourReference) {
        return reference
                .flatMap(given -> bound(db, provider, given))
                .or(() -> ourReference.flatMap(ours -> echoed(db, provider, ours)));
    }

    Optional<StoredNotice> parked(DSLContext db, long number) {
        return db.selectFrom(PAYOUT_WEBHOOK)
                .where(PAYOUT_WEBHOOK.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_WEBHOOK.WEBHOOK_NO.eq(number))
                .and(PAYOUT_WEBHOOK.APPLIED_AT.isNull())
                .fetchOptional(StoredNotice::read);
    }

    /** Returns the parked deliveries about references, in the order in which they came. */
    Map<PayoutStore.Given, List<Long>> parked(DSLContext db, List<PayoutStore.Given> references) {
        if (references.isEmpty()) {
            return Map.of();
        }
        String[] providers =
                references.stream().map(PayoutStore.Given::provider).toArray(String[]::new);
        String[] given = references.stream().map(PayoutStore.Given::reference).toArray(String[]::new);
        return db.selectFrom(Routines.parkedWebhooks(ledgerId, providers, given)).stream()
                .collect(groupingBy(
                        row -> references.get(row.getPlace() - 1),
                        mapping(ParkedWebhooksRecord::getWebhookNo, toList())));
    }

    /** Returns a delivery that is parked, by the provider's own id of it. */
    Optional<Long> parkedAs(DSLContext db, String provider, String delivery) {
        return db.select(PAYOUT_WEBHOOK.WEBHOOK_NO)
                .from(PAYOUT_WEBHOOK)
                .where(PAYOUT_WEBHOOK.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_WEBHOOK.PROVIDER.eq(provider))
                .and(PAYOUT_WEBHOOK.DELIVERY.eq(delivery))
                .and(PAYOUT_WEBHOOK.APPLIED_AT.isNull())
                .fetchOptional(PAYOUT_WEBHOOK.WEBHOOK_NO);
    }

    /** Returns parked deliveries behind one that came lately and whose attempt is known by now, the oldest first. */
    List<Long> ripe(DSLContext db, Instant since, long after, int limit) {
        RipeWebhooks ripe = Routines.ripeWebhooks(ledgerId, since, after, limit);
        return db.selectFrom(ripe).fetch(ripe.WEBHOOK_NO);
    }

    /** Returns a page of the parked deliveries, in the order in which they came. */
    List<ParkedWebhook> parked(DSLContext db, int limit, int offset) {
        return db.selectFrom(PAYOUT_WEBHOOK)
                .where(PAYOUT_WEBHOOK.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_WEBHOOK.APPLIED_AT.isNull())
                .orderBy(PAYOUT_WEBHOOK.WEBHOOK_NO)
                .limit(limit)
                .offset(offset)
                .fetch(row -> new ParkedWebhook(
                        row.getWebhookNo(),
                        row.getProvider(),
                        row.getDelivery(),
                        Optional.ofNullable(row.getReference()),
                        Optional.ofNullable(row.getOurReference()),
                        Outcome.Code.valueOf(row.getOutcome()),
                        row.getReceivedAt()));
    }

    long countParked(DSLContext db) {
        return db.fetchCount(PAYOUT_WEBHOOK, PAYOUT_WEBHOOK.LEDGER_ID.eq(ledgerId), PAYOUT_WEBHOOK.APPLIED_AT.isNull());
    }

    /** Notes what a delivery came to. */
    void applied(DSLContext db, long number, About about, int transition, Instant now) {
        db.update(PAYOUT_WEBHOOK)
                .set(PAYOUT_WEBHOOK.PAYOUT_ID, about.payout())
                .set(PAYOUT_WEBHOOK.ATTEMPT_NO, about.attempt())
                .set(PAYOUT_WEBHOOK.TRANSITION_NO, transition)
                .set(PAYOUT_WEBHOOK.APPLIED_AT, now)
                .where(PAYOUT_WEBHOOK.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_WEBHOOK.WEBHOOK_NO.eq(number))
                .execute();
    }

    /**
     * Makes an attempt be asked about now, unless its payout is being worked on or was hinted at lately. It counts as no
     * question, so that hints neither wear out the waits between questions nor lengthen them. Returns whether it did.
     */
    boolean bringForward(DSLContext db, About about, Instant now, Duration gap) {
        return db.update(PAYOUT_STATE)
                        .set(PAYOUT_STATE.NEXT_AT, least(coalesce(PAYOUT_STATE.NEXT_AT, val(now)), val(now)))
                        .set(PAYOUT_STATE.TRIES, greatest(PAYOUT_STATE.TRIES.minus(1), inline(0)))
                        .set(PAYOUT_STATE.HINTED_AT, now)
                        .set(PAYOUT_STATE.HINTED_ATTEMPT, about.attempt())
                        .where(PAYOUT_STATE.LEDGER_ID.eq(ledgerId))
                        .and(PAYOUT_STATE.PAYOUT_ID.eq(about.payout()))
                        .and(PAYOUT_STATE.STATUS.in(ASKABLE))
                        .and(PAYOUT_STATE.LEASE_UNTIL.isNull().or(PAYOUT_STATE.LEASE_UNTIL.le(now)))
                        .and(PAYOUT_STATE.HINTED_AT.isNull().or(PAYOUT_STATE.HINTED_AT.le(now.minus(gap))))
                        .execute()
                == 1;
    }

    /** Notes that an attempt that was hinted at has been asked about; a hint at another one that came since stays. */
    void heeded(DSLContext db, About about) {
        db.update(PAYOUT_STATE)
                .set(PAYOUT_STATE.HINTED_ATTEMPT, (Integer) null)
                .where(PAYOUT_STATE.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_STATE.PAYOUT_ID.eq(about.payout()))
                .and(PAYOUT_STATE.HINTED_ATTEMPT.eq(about.attempt()))
                .execute();
    }

    private Optional<About> bound(DSLContext db, String provider, String reference) {
        return db.select(PAYOUT_REFERENCE.PAYOUT_ID, PAYOUT_REFERENCE.ATTEMPT_NO)
                .from(PAYOUT_REFERENCE)
                .where(PAYOUT_REFERENCE.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_REFERENCE.PROVIDER.eq(provider))
                .and(PAYOUT_REFERENCE.REFERENCE.eq(reference))
                .fetchOptional(row -> new About(row.value1(), row.value2()));
    }

    private Optional<About> echoed(DSLContext db, String provider, String ourReference) {
        Matcher ours = OUR_REFERENCE.matcher(ourReference);
        if (!ours.matches()) {
            return Optional.empty();
        }
        return db.select(PAYOUT_ATTEMPT.PAYOUT_ID, PAYOUT_ATTEMPT.ATTEMPT_NO)
                .from(PAYOUT_ATTEMPT)
                .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_ATTEMPT.PAYOUT_ID.eq(UUID.fromString(ours.group(1))))
                .and(PAYOUT_ATTEMPT.ATTEMPT_NO.eq(Integer.valueOf(ours.group(2))))
                .and(PAYOUT_ATTEMPT.PROVIDER.eq(provider))
                .fetchOptional(row -> new About(row.value1(), row.value2()));
    }
}
