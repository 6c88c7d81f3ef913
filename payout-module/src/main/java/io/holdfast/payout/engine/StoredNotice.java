package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_WEBHOOK;

import io.holdfast.db.generated.tables.records.PayoutWebhookRecord;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.WebhookNotice;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signed delivery as it is kept: what the provider's adapter read in it, so that a secret that was changed since does not
 * matter.
 */
record StoredNotice(long number, String provider, WebhookNotice.Proven notice) {

    /** Writes a notice into a row. */
    static void write(WebhookNotice.Proven notice, PayoutWebhookRecord row) {
        Outcome outcome = notice.outcome();
        Particulars told = notice.particulars();
        row.setDelivery(notice.id());
        row.setReference(notice.reference().orElse(null));
        row.setOurReference(notice.ourReference().orElse(null));
        row.setOutcome(outcome.code().name());
        row.setToldAmount(told.amount().map(StoredNotice::text).orElse(null));
        row.setToldFee(told.chargedFee().map(StoredNotice::text).orElse(null));
        row.setToldReceived(told.received().map(StoredNotice::text).orElse(null));
        row.setToldRecipient(told.recipient().orElse(null));
        row.setToldReference(told.reference().orElse(null));
        row.setToldAt(told.at().orElse(null));
        row.setToldRisk(told.risk().orElse(null));
        row.setToldEnvironment(told.environment().map(Enum::name).orElse(null));
        row.setToldOperator(told.operator().orElse(null));
        row.setOutcomeAt(outcome.at().orElse(null));
        row.setDetail("");
        row.setEvidence(outcome.evidence().text());
        row.setAlert(outcome.evidence().alert().orElse(null));
        if (outcome instanceof Outcome.Failed failed) {
            row.setFailureReason(failed.reason().name());
            row.setFailureCode(failed.providerCode());
            row.setDetail(failed.detail());
            row.setOutcomeFee(failed.keptFee().map(StoredNotice::text).orElse(null));
        } else if (outcome instanceof Outcome.Reversed reversed) {
            row.setOutcomeAmount(text(reversed.amount()));
            row.setOutcomeFee(reversed.refundedFee().map(StoredNotice::text).orElse(null));
        } else if (outcome instanceof Outcome.Unknown unknown) {
            row.setDetail(unknown.detail());
        }
    }

    static StoredNotice read(PayoutWebhookRecord row) {
        Particulars told = new Particulars(
                money(row.getToldAmount()),
                money(row.getToldFee()),
                money(row.getToldReceived()),
                Optional.ofNullable(row.getToldRecipient()),
                Optional.ofNullable(row.getToldReference()),
                Optional.ofNullable(row.getToldAt()),
                Optional.ofNullable(row.getToldRisk()),
                Optional.ofNullable(row.getToldEnvironment()).map(Environment::valueOf),
                Optional.ofNullable(row.getToldOperator()));
        WebhookNotice.Proven notice = new WebhookNotice.Proven(
                row.getDelivery(),
                Optional.ofNullable(row.getReference()),
                Optional.ofNullable(row.getOurReference()),
                told,
                outcome(row, told));
        return new StoredNotice(row.get(PAYOUT_WEBHOOK.WEBHOOK_NO), row.getProvider(), notice);
    }

    private static Outcome outcome(PayoutWebhookRecord row, Particulars told) {
        Evidence evidence = new Evidence(row.getEvidence(), Optional.ofNullable(row.getAlert()));
        Optional<String> reference = Optional.ofNullable(row.getReference());
        if (reference.isEmpty()) {
            return new Outcome.Unknown(row.getDetail(), evidence);
        }
        return switch (Outcome.Code.valueOf(row.getOutcome())) {
            case ACCEPTED -> new Outcome.Accepted(reference.get(), told, evidence);
            case SUCCEEDED -> new Outcome.Succeeded(reference.get(), told, evidence);
            case FAILED ->
                new Outcome.Failed(
                        reference.get(),
                        FailureReason.valueOf(row.getFailureReason()),
                        row.getFailureCode(),
                        row.getDetail(),
                        money(row.getOutcomeFee()),
                        Optional.ofNullable(row.getOutcomeAt()),
                        evidence);
            case REVERSED ->
                new Outcome.Reversed(
                        reference.get(),
                        money(row.getOutcomeAmount()).orElseThrow(),
                        money(row.getOutcomeFee()),
                        Optional.ofNullable(row.getOutcomeAt()),
                        evidence);
            default -> new Outcome.Unknown(row.getDetail(), evidence);
        };
    }

    private static String text(Money money) {
        return money.currency().code() + " " + money.currency().exponent() + " " + money.minor();
    }

    private static Optional<Money> money(@Nullable String text) {
        return Optional.ofNullable(text).map(written -> {
            String[] parts = written.split(" ", -1);
            return Money.ofMinor(Currency.of(parts[0], Integer.parseInt(parts[1])), new BigInteger(parts[2]));
        });
    }
}
