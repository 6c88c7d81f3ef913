package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_SEND;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Recipient;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** What rows mean. */
final class Rows {

    private Rows() {}

    static Intent intent(Record row) {
        Currency currency = new Currency(row.get(ACCOUNT.CURRENCY), row.get(ACCOUNT.EXPONENT));
        return new Intent(
                row.get(PAYOUT.PAYOUT_ID),
                new Key(row.get(PAYOUT.KEY)),
                Account.of(row.get(ACCOUNT.PATH), currency),
                Money.ofMinor(currency, row.get(PAYOUT.AMOUNT)),
                Money.ofMinor(currency, row.get(PAYOUT.FEE)),
                Payer.valueOf(row.get(PAYOUT.PAYER)),
                recipient(row),
                row.get(PAYOUT.NARRATION),
                Optional.ofNullable(row.get(PAYOUT.PROVIDER)),
                List.of(row.get(PAYOUT.ROUTES)),
                Optional.ofNullable(row.get(PAYOUT.NOT_BEFORE)),
                row.get(PAYOUT.ACTOR),
                row.get(PAYOUT.CREATED_AT),
                row.get(PAYOUT.CHECKERS),
                Optional.ofNullable(row.get(PAYOUT.APPROVE_BY)),
                Optional.ofNullable(row.get(PAYOUT.QUOTE_ID)));
    }

    static Standing standing(Record row, Intent intent) {
        return new Standing(
                PayoutStatus.valueOf(row.get(PAYOUT.STATUS)),
                row.get(PAYOUT.ROUTE_NO),
                Optional.ofNullable(row.get(PAYOUT.NEXT_AT)),
                row.get(PAYOUT.TRIES),
                row.get(PAYOUT.LEASE_TOKEN),
                Optional.ofNullable(row.get(PAYOUT.LEASE_UNTIL)),
                row.get(PAYOUT.BLOCKED),
                failure(row),
                Optional.ofNullable(row.get(PAYOUT.FAILOVER_REASON)),
                Optional.ofNullable(row.get(PAYOUT.RECEIVED)).map(intent::money),
                intent.money(row.get(PAYOUT.REVERSED)),
                row.get(PAYOUT.LATE),
                row.get(PAYOUT.TRANSITIONS),
                row.get(PAYOUT.UPDATED_AT),
                Optional.ofNullable(row.get(PAYOUT.COMPLETED_AT)));
    }

    static Attempt attempt(Record row, Intent intent, List<String> references, List<Send> sends) {
        return new Attempt(
                row.get(PAYOUT_ATTEMPT.ATTEMPT_NO),
                row.get(PAYOUT_ATTEMPT.PROVIDER),
                row.get(PAYOUT_ATTEMPT.PROVIDER_KEY),
                row.get(PAYOUT_ATTEMPT.MEMO),
                Optional.ofNullable(row.get(PAYOUT_ATTEMPT.QUOTED_FEE)).map(intent::money),
                Optional.ofNullable(row.get(PAYOUT_ATTEMPT.USABLE_UNTIL)),
                Optional.ofNullable(row.get(PAYOUT_ATTEMPT.METHOD))
                        .map(method ->
                                new CreateRequest(method, row.get(PAYOUT_ATTEMPT.PATH), row.get(PAYOUT_ATTEMPT.BODY))),
                AttemptState.valueOf(row.get(PAYOUT_ATTEMPT.STATE)),
                Optional.ofNullable(row.get(PAYOUT_ATTEMPT.OUTCOME)),
                references,
                Optional.ofNullable(row.get(PAYOUT_ATTEMPT.PROVIDER_REFERENCE)),
                Optional.ofNullable(row.get(PAYOUT_ATTEMPT.FEE_TOLD)).map(intent::money),
                intent.money(row.get(PAYOUT_ATTEMPT.FEE_BOOKED)),
                intent.money(row.get(PAYOUT_ATTEMPT.FEE_REFUNDED)),
                Optional.ofNullable(row.get(PAYOUT_ATTEMPT.FAILURE_REASON)).map(FailureReason::valueOf),
                sends);
    }

    static Send send(Record row) {
        return new Send(
                row.get(PAYOUT_SEND.SEND_NO),
                row.get(PAYOUT_SEND.SENT_AT),
                Optional.ofNullable(row.get(PAYOUT_SEND.OUTCOME)),
                Optional.ofNullable(row.get(PAYOUT_SEND.ANSWERED_AT)));
    }

    private static Recipient recipient(Record row) {
        return switch (Channel.valueOf(row.get(PAYOUT.RECIPIENT_TYPE))) {
            case MOBILE_MONEY ->
                new Recipient.MobileMoney(
                        row.get(PAYOUT.RECIPIENT_ADDRESS),
                        row.get(PAYOUT.RECIPIENT_NAME),
                        Optional.ofNullable(row.get(PAYOUT.RECIPIENT_OPERATOR)));
            case BANK ->
                new Recipient.BankAccount(
                        row.get(PAYOUT.RECIPIENT_BANK),
                        row.get(PAYOUT.RECIPIENT_ADDRESS),
                        row.get(PAYOUT.RECIPIENT_NAME));
        };
    }

    private static Optional<PayoutFailure> failure(Record row) {
        return Optional.ofNullable(row.get(PAYOUT.FAILURE_REASON))
                .map(reason -> new PayoutFailure(
                        FailureReason.valueOf(reason),
                        Optional.ofNullable(row.get(PAYOUT.FAILURE_CODE)).orElse(""),
                        Optional.ofNullable(row.get(PAYOUT.FAILURE_DETAIL)).orElse("")));
    }
}
