package io.holdfast.provider.snippe;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.ListedItems;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/** Reads Snippe's answers to questions that concern no single payout. */
final class SnippeQuestions {

    /** The most that Snippe lists at once. */
    static final int PAGE_SIZE = 100;

    private final SnippeSettings settings;
    private final Redaction redaction;

    SnippeQuestions(SnippeSettings settings, Redaction redaction) {
        this.settings = settings;
        this.redaction = redaction;
    }

    /** Reads a page that began at an offset. */
    Answer<ListPage> list(HttpResult result, int offset) {
        return told(result, data -> {
            JsonNode items = data.isArray() ? data : data.path("items");
            if (!items.isArray()) {
                return Optional.empty();
            }
            ListedItems listed = new ListedItems();
            items.forEach(item -> listed.add(item, new SnippePayout(item, settings, redaction)));
            int next = offset + items.size();
            boolean more =
                    data.path("total").isNumber() ? next < data.path("total").asInt() : items.size() >= PAGE_SIZE;
            return Optional.of(
                    listed.page(more && items.size() > 0 ? Optional.of(Integer.toString(next)) : Optional.empty()));
        });
    }

    /** Reads a fee. It counts only if Snippe understood the question: its own page shows it answering another. */
    Answer<ProviderFee> fee(HttpResult result, Money asked) {
        return told(
                result,
                data -> amount(data, "amount")
                        .filter(asked::equals)
                        .flatMap(amount -> amount(data, "fee_amount")
                                .filter(fee -> !fee.isNegative())
                                .filter(fee -> amount(data, "total_amount")
                                        .map(amount.plus(fee)::equals)
                                        .orElse(true))
                                .map(fee -> new ProviderFee(amount, fee))));
    }

    Answer<Money> balance(HttpResult result, Currency currency) {
        return told(result, data -> {
            JsonNode available = data.path("available");
            return isOf(available.path("currency"), currency)
                    ? Json.decimal(available.path("value")).flatMap(this::money)
                    : Optional.empty();
        });
    }

    private Optional<Money> amount(JsonNode data, String field) {
        return data.has("currency")
                        && !isOf(data.path("currency"), settings.shilling().currency())
                ? Optional.empty()
                : Json.decimal(data.path(field)).flatMap(this::money);
    }

    private static boolean isOf(JsonNode code, Currency currency) {
        return code.asText().equals(currency.code());
    }

    private Optional<Money> money(BigDecimal units) {
        try {
            return Optional.of(settings.shilling()
                    .fromWire(units.movePointLeft(settings.shilling().scale())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private <T> Answer<T> told(HttpResult result, Function<JsonNode, Optional<T>> reading) {
        return new Reading(result, redaction)
                .ofQuestion(
                        SnippeAnswers::wait,
                        answer -> SnippeReply.of(answer).flatMap(reply -> reading.apply(reply.data())));
    }
}
