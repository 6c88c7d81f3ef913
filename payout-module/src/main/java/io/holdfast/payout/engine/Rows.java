package io.holdfast.payout.engine;

import io.holdfast.db.generated.tables.records.PayoutAttemptsRecord;
import io.holdfast.db.generated.tables.records.PayoutIntentRecord;
import io.holdfast.db.generated.tables.records.PayoutStateRecord;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptOutcome;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What rows mean. */
final class Rows {

    private Rows() {}

    static Intent intent(PayoutIntentRecord row, Account wallet) {
        return new Intent(
                row.getPayoutId(),
                new Key(row.getKey()),
                wallet,
                Money.ofMinor(wallet.currency(), row.getAmount()),
                Money.ofMinor(wallet.currency(), row.getFee()),
                Payer.valueOf(row.getPayer()),
                recipient(row),
                row.getNarration(),
                Optional.ofNullable(row.getProvider()),
                List.of(row.getRoutes()),
                Optional.ofNullable(row.getNotBefore()),
                row.getActor(),
                row.getCreatedAt(),
                row.getCheckers(),
                Optional.ofNullable(row.getApproveBy()),
                Optional.ofNullable(row.getQuoteId()));
    }

    static Standing standing(PayoutStateRecord row, Intent intent) {
        return new Standing(
                PayoutStatus.valueOf(row.getStatus()),
                row.getRouteNo(),
                Optional.ofNullable(row.getNextAt()),
                row.getTries(),
                row.getLeaseToken(),
                Optional.ofNullable(row.getLeaseUntil()),
                row.getBlocked(),
                failure(row),
                Optional.ofNullable(row.getFailoverReason()),
                Optional.ofNullable(row.getReceived()).map(intent::money),
                intent.money(row.getReversed()),
                row.getLate(),
                row.getTransitions(),
                row.getUpdatedAt(),
                Optional.ofNullable(row.getCompletedAt()),
                Optional.ofNullable(row.getToldOperator()),
                Optional.ofNullable(row.getHintedAttempt()));
    }

    /** Returns the attempts of one payout, of which there is a row for each send, or one without. */
    static List<Attempt> attempts(List<PayoutAttemptsRecord> rows, Intent intent) {
        Map<Integer, List<PayoutAttemptsRecord>> byNumber = new TreeMap<>();
        rows.forEach(row -> byNumber.computeIfAbsent(row.getAttemptNo(), none -> new ArrayList<>())
                .add(row));
        return byNumber.values().stream()
                .map(sends -> attempt(
                        sends.get(0),
                        intent,
                        sends.stream()
                                .filter(row -> row.getSendNo() != null)
                                .map(Rows::send)
                                .toList()))
                .toList();
    }

    private static Attempt attempt(PayoutAttemptsRecord row, Intent intent, List<Send> sends) {
        return new Attempt(
                row.getAttemptNo(),
                row.getProvider(),
                row.getProviderKey(),
                row.getMemo(),
                Optional.ofNullable(row.getQuotedFee()).map(intent::money),
                Optional.ofNullable(row.getUsableUntil()),
                Optional.ofNullable(row.getMethod())
                        .map(method -> new CreateRequest(method, row.getPath(), row.getBody())),
                AttemptState.valueOf(row.getState()),
                Optional.ofNullable(row.getOutcome()).map(AttemptOutcome::valueOf),
                List.of(row.getGivenReferences()),
                Optional.ofNullable(row.getProviderReference()),
                Optional.ofNullable(row.getFeeTold()).map(intent::money),
                intent.money(row.getFeeBooked()),
                intent.money(row.getFeeRefunded()),
                Optional.ofNullable(row.getFailureReason()).map(FailureReason::valueOf),
                sends);
    }

    private static Send send(PayoutAttemptsRecord row) {
        return new Send(
                row.getSendNo(),
                row.getSentAt(),
                Optional.ofNullable(row.getSendOutcome()).map(Outcome.Code::valueOf),
                Optional.ofNullable(row.getAnsweredAt()));
    }

    private static Recipient recipient(PayoutIntentRecord row) {
        return switch (Channel.valueOf(row.getRecipientType())) {
            case MOBILE_MONEY ->
                new Recipient.MobileMoney(
                        row.getRecipientAddress(),
                        row.getRecipientName(),
                        Optional.ofNullable(row.getRecipientOperator()));
            case BANK ->
                new Recipient.BankAccount(row.getRecipientBank(), row.getRecipientAddress(), row.getRecipientName());
        };
    }

    private static Optional<PayoutFailure> failure(PayoutStateRecord row) {
        return Optional.ofNullable(row.getFailureReason())
                .map(reason -> new PayoutFailure(
                        FailureReason.valueOf(reason),
                        Optional.ofNullable(row.getFailureCode()).orElse(""),
                        Optional.ofNullable(row.getFailureDetail()).orElse("")));
    }
}
