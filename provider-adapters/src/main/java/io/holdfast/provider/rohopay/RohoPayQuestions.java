package io.holdfast.provider.rohopay;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.ListedItems;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.WireCurrencies;
import java.util.Optional;
import java.util.function.Function;

/** Reads RohoPay's answers to questions that concern no single payout. */
final class RohoPayQuestions {

    /** The most that RohoPay lists at once. */
    static final int PAGE_SIZE = 100;

    private final RohoPaySettings settings;
    private final Redaction redaction;

    RohoPayQuestions(RohoPaySettings settings, Redaction redaction) {
        this.settings = settings;
        this.redaction = redaction;
    }

    /** Reads a page that began at an offset; a full one may be followed by another. */
    Answer<ListPage> list(HttpResult result, int offset) {
        return told(result, data -> {
            if (!data.isArray()) {
                return Optional.empty();
            }
            ListedItems listed = new ListedItems();
            for (JsonNode item : data) {
                RohoPayTransaction transaction = new RohoPayTransaction(item, settings, redaction);
                if (transaction.isDisbursement()) {
                    listed.add(item, transaction);
                }
            }
            boolean more = data.size() >= PAGE_SIZE;
            return Optional.of(
                    listed.page(more ? Optional.of(Integer.toString(offset + data.size())) : Optional.empty()));
        });
    }

    /** Reads the wallet's balance: RohoPay tells that of one currency, the wallet's. */
    Answer<Money> balance(HttpResult result, Currency currency) {
        return told(result, data -> {
            JsonNode told = data.path("balance_" + settings.environment());
            return new WireCurrencies(settings.currencies())
                    .units(told.isMissingNode() ? data.path("balance") : told, data.path("currency"))
                    .filter(balance -> balance.currency().equals(currency));
        });
    }

    private <T> Answer<T> told(HttpResult result, Function<JsonNode, Optional<T>> reading) {
        return new Reading(result, redaction)
                .ofQuestion(
                        RohoPayAnswers::wait,
                        answer -> RohoPayReply.of(answer).flatMap(reply -> reading.apply(reply.data())));
    }
}
