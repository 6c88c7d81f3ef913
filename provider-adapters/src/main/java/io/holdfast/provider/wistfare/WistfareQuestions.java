package io.holdfast.provider.wistfare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.ListedItems;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.WireCurrencies;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads Wistfare's answers to questions that concern no single payout. */
final class WistfareQuestions {

    /** The most that is asked for at once. */
    static final int PAGE_SIZE = 100;

    private final WistfareSettings settings;
    private final Redaction redaction;

    WistfareQuestions(WistfareSettings settings, Redaction redaction) {
        this.settings = settings;
        this.redaction = redaction;
    }

    Answer<ListPage> list(HttpResult result, int page) {
        return told(result, root -> {
            JsonNode items = root.path("data");
            if (!items.isArray()) {
                return Optional.empty();
            }
            ListedItems listed = new ListedItems();
            items.forEach(item -> listed.add(item, new WistfareDisbursement(item, settings, redaction)));
            boolean more = items.size() > 0 && root.path("has_more").asBoolean(items.size() >= PAGE_SIZE);
            return Optional.of(listed.page(more ? Optional.of(Integer.toString(page + 1)) : Optional.empty()));
        });
    }

    /** Reads a fee. It counts only if Wistfare understood the question. */
    Answer<ProviderFee> fee(HttpResult result, Money asked) {
        return told(
                result,
                root -> money(root, "gross_amount")
                        .filter(asked::equals)
                        .flatMap(amount -> money(root, "fee_amount")
                                .filter(fee -> !fee.isNegative())
                                .map(fee -> new ProviderFee(amount, fee))));
    }

    /** Reads the wallet's balance, in whichever of the likely forms it comes: none is documented. */
    Answer<Money> balance(HttpResult result) {
        return told(result, root -> {
            JsonNode data = root.has("data") ? root.path("data") : root;
            JsonNode wallet = data.isArray() ? ours(data) : data;
            return money(wallet, "available_balance", "availableBalance", "balance");
        });
    }

    private JsonNode ours(JsonNode wallets) {
        for (JsonNode wallet : wallets) {
            if (settings.walletId()
                    .equals(Json.first(wallet, "id", "wallet_id", "walletId").asText())) {
                return wallet;
            }
        }
        return Json.object();
    }

    private Optional<Money> money(JsonNode data, String... names) {
        JsonNode currency = Json.first(data, "currency");
        return new WireCurrencies(List.of(settings.franc()))
                .decimal(
                        Json.first(data, names),
                        currency.isMissingNode()
                                ? TextNode.valueOf(settings.franc().currency().code())
                                : currency)
                .filter(amount -> amount.currency().equals(settings.franc().currency()));
    }

    private <T> Answer<T> told(HttpResult result, Function<JsonNode, Optional<T>> reading) {
        return new Reading(result, redaction)
                .ofQuestion(
                        WistfareAnswers::wait,
                        answer -> Json.read(answer.text()).flatMap(reading));
    }
}
