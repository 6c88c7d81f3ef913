package io.holdfast.sandbox.snippe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.Creation;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.IdempotencyKeys;
import io.holdfast.sandbox.simulator.JsonBody;
import io.holdfast.sandbox.simulator.PayoutOrder;
import io.holdfast.sandbox.simulator.RateLimit;
import io.holdfast.sandbox.simulator.Reply;
import io.holdfast.sandbox.simulator.Request;
import io.holdfast.sandbox.simulator.SimulatedApi;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import io.holdfast.sandbox.simulator.Stage;
import io.holdfast.sandbox.simulator.WebhookMessage;
import io.holdfast.sandbox.simulator.WebhookRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Snippe's endpoints. */
final class SnippeApi implements SimulatedApi {

    private static final String PAYOUTS = "/v1/payouts";
    private static final String SEND = PAYOUTS + "/send";
    private static final String FEE = PAYOUTS + "/fee";
    private static final String BALANCE = "/v1/payments/balance";
    private static final String BEARER = "Bearer ";
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final int KEY_LENGTH_MAX = 30;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int LIST_LIMIT_DEFAULT = 20;
    private static final int LIST_LIMIT_MAX = 100;
    private static final int EXTERNAL_REFERENCE_LENGTH = 12;
    private static final long WRONG_AMOUNT_FACTOR = 10;
    private static final String NUMBER = "\\d{1,12}";

    private final Stage stage;
    private final SnippeSettings account;
    private final RateLimit rateLimit;
    private final IdempotencyKeys keys;
    private final SnippeWebhooks webhooks;
    private final Map<String, SnippePayout> payouts = new HashMap<>();
    private String apiKey;

    SnippeApi(Stage stage, SnippeSettings account) {
        this.stage = stage;
        this.account = account;
        this.apiKey = account.apiKey();
        this.rateLimit = new RateLimit(
                account.requestsPerMinute(),
                Duration.ofMinutes(1),
                stage.settings().clock());
        this.keys = new IdempotencyKeys(Duration.ofHours(24), stage.settings().clock());
        this.webhooks = new SnippeWebhooks(account, stage.ids());
        stage.book().topUp(SnippeSimulator.ACCOUNT, BigDecimal.valueOf(account.openingBalance()));
    }

    @Override
    public Optional<Creation> creation(Request request) {
        if (!request.method().equals("POST") || !request.path().equals(SEND)) {
            return Optional.empty();
        }
        return Optional.of(new Creation(SnippeOrder.recipientOf(request.body()), request.header(KEY_HEADER)));
    }

    @Override
    public Reply answer(Request request, Set<Fault> faults) {
        try {
            authenticate(request);
        } catch (SnippeRefusal refusal) {
            return refusal.reply();
        }
        RateLimit.Window window = rateLimit.count(apiKey);
        Reply reply = window.allows()
                ? answerCounted(request, faults)
                : SnippeRefusal.rateLimited().reply();
        return withRate(reply, window.limit(), window.remaining(), window.untilReset());
    }

    private static Reply withRate(Reply reply, int limit, int remaining, Duration untilReset) {
        return reply.with("X-Ratelimit-Limit", Integer.toString(limit))
                .with("X-Ratelimit-Remaining", Integer.toString(remaining))
                .with("X-Ratelimit-Reset", Long.toString(untilReset.toSeconds()));
    }

    private Reply answerCounted(Request request, Set<Fault> faults) {
        try {
            return route(request, faults);
        } catch (SnippeRefusal refusal) {
            return refusal.reply();
        }
    }

    private Reply route(Request request, Set<Fault> faults) {
        String path = request.path();
        if (request.method().equals("POST") && path.equals(SEND)) {
            require(SnippeScope.DISBURSEMENT_CREATE);
            return send(request, faults);
        }
        if (!request.method().equals("GET")) {
            throw SnippeRefusal.notFound("route");
        }
        if (path.equals(BALANCE)) {
            require(SnippeScope.COLLECTION_READ);
            return balance();
        }
        if (!path.equals(PAYOUTS) && !path.startsWith(PAYOUTS + "/")) {
            throw SnippeRefusal.notFound("route");
        }
        require(SnippeScope.DISBURSEMENT_READ);
        if (path.equals(PAYOUTS)) {
            return list(request);
        }
        return path.equals(FEE) ? fee(request, faults) : show(path.substring(PAYOUTS.length() + 1));
    }

    private void authenticate(Request request) {
        if (!request.header("Authorization").equals(Optional.of(BEARER + apiKey))) {
            throw SnippeRefusal.unauthorized();
        }
    }

    private void require(SnippeScope scope) {
        if (!account.scopes().contains(scope)) {
            throw SnippeRefusal.insufficientScope(scope);
        }
    }

    private Reply send(Request request, Set<Fault> faults) {
        String type = request.header("Content-Type").orElse("");
        if (!type.matches("application/json(;.*)?")) {
            throw SnippeRefusal.invalid("Content-Type must be application/json");
        }
        Optional<String> key = request.header(KEY_HEADER);
        if (key.isPresent() && key.get().isBlank()) {
            throw SnippeRefusal.invalid("Idempotency-Key must not be empty");
        }
        if (key.isPresent() && key.get().length() > KEY_LENGTH_MAX) {
            throw SnippeRefusal.keyTooLong();
        }
        Optional<IdempotencyKeys.Entry> first =
                faults.contains(Fault.KEY_FORGOTTEN) ? Optional.empty() : key.flatMap(keys::find);
        if (first.isPresent()) {
            if (!first.get().content().equals(request.body())) {
                throw SnippeRefusal.keyReused();
            }
            return first.get().reply();
        }
        Reply reply = create(SnippeOrder.parse(request.body(), account.networks()), key, faults);
        key.ifPresent(text -> keys.remember(text, request.body(), reply));
        return reply;
    }

    private Reply create(SnippeOrder order, Optional<String> key, Set<Fault> faults) {
        long fee = account.fee().applyAsLong(order.amount());
        PayoutOrder payoutOrder = new PayoutOrder(
                SnippeSimulator.ACCOUNT,
                order.recipient(),
                SnippeJson.CURRENCY,
                BigDecimal.valueOf(order.amount()),
                BigDecimal.valueOf(fee),
                key);
        BigDecimal available = stage.book().balance(SnippeSimulator.ACCOUNT);
        if (available.compareTo(payoutOrder.total()) < 0) {
            throw SnippeRefusal.insufficientBalance(
                    available.toPlainString(), payoutOrder.total().toPlainString());
        }
        String reference = stage.ids().uuid();
        SnippePayout own =
                new SnippePayout(stage.ids().uuid(), stage.ids().token(EXTERNAL_REFERENCE_LENGTH), order, fee);
        Duration settleAfter = order.channel() == SnippeOrder.Channel.BANK
                ? account.bankSettleAfter()
                : stage.settings().settleAfter();
        SimulatedPayout payout = stage.book().create(reference, payoutOrder, faults, settleAfter);
        payouts.put(reference, own);
        return SnippeJson.success(CREATED, SnippeJson.payout(payout, own), account.variations())
                .creating(reference);
    }

    private Reply list(Request request) {
        int limit = number(request, "limit", LIST_LIMIT_DEFAULT);
        if (limit < 1 || limit > LIST_LIMIT_MAX) {
            throw SnippeRefusal.invalid("limit must be between 1 and " + LIST_LIMIT_MAX);
        }
        int offset = number(request, "offset", 0);
        List<ObjectNode> all = stage.book().visibleNewestFirst().stream()
                .filter(payout -> request.parameter("status")
                        .map(SnippeJson.status(payout)::equals)
                        .orElse(true))
                .filter(payout -> request.parameter("channel")
                        .map(own(payout).order().channel()::isNamed)
                        .orElse(true))
                .map(payout -> SnippeJson.payout(payout, own(payout)))
                .toList();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        all.stream().skip(offset).limit(limit).forEach(items::add);
        if (account.variations().contains(SnippeVariation.LIST_AS_ARRAY)) {
            return SnippeJson.success(OK, items, account.variations());
        }
        ObjectNode data = SnippeJson.object();
        data.set("items", items);
        data.put("total", all.size()).put("limit", limit).put("offset", offset);
        return SnippeJson.success(OK, data, account.variations());
    }

    private Reply show(String reference) {
        SimulatedPayout payout = stage.book()
                .find(reference)
                .filter(SimulatedPayout::isVisible)
                .orElseThrow(() -> SnippeRefusal.notFound("payout"));
        ObjectNode data = SnippeJson.payout(payout, own(payout)).put("source", "api");
        return SnippeJson.success(OK, data, account.variations());
    }

    private Reply fee(Request request, Set<Fault> faults) {
        int asked = number(request, "amount", 0);
        if (asked < 1) {
            throw SnippeRefusal.invalid("amount must be a positive integer");
        }
        long amount = faults.contains(Fault.WRONG_AMOUNT) ? asked * WRONG_AMOUNT_FACTOR : asked;
        long fee = account.fee().applyAsLong(amount);
        ObjectNode data = SnippeJson.object()
                .put("amount", amount)
                .put("fee_amount", fee)
                .put("total_amount", amount + fee)
                .put("currency", SnippeJson.CURRENCY);
        return SnippeJson.success(OK, data, account.variations());
    }

    private Reply balance() {
        long held = stage.book().balance(SnippeSimulator.ACCOUNT).longValueExact();
        ObjectNode data = SnippeJson.object();
        data.set("available", SnippeJson.money(held));
        data.set("balance", SnippeJson.money(held));
        return SnippeJson.success(OK, data, account.variations());
    }

    private static int number(Request request, String name, int missing) {
        String text = request.parameter(name).orElse(Integer.toString(missing));
        if (!text.matches(NUMBER) || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw SnippeRefusal.invalid(name + " must be a non-negative integer");
        }
        return Integer.parseInt(text);
    }

    private SnippePayout own(SimulatedPayout payout) {
        SnippePayout own = payouts.get(payout.reference());
        if (own == null) {
            throw new IllegalStateException("Payout " + payout.reference() + " was not created here");
        }
        return own;
    }

    @Override
    public Reply refusal(Request request, Fault fault) {
        return switch (fault) {
            case RATE_LIMITED ->
                withRate(SnippeRefusal.rateLimited().reply(), account.requestsPerMinute(), 0, Duration.ofMinutes(1));
            case ROTATED_KEY -> SnippeRefusal.unauthorized().reply();
            case INSUFFICIENT_FLOAT -> {
                String asked = JsonBody.glimpse(request.body(), "/amount");
                long amount = asked.matches(NUMBER) ? Long.parseLong(asked) : 0;
                long required = amount + account.fee().applyAsLong(amount);
                yield SnippeRefusal.insufficientBalance("0", Long.toString(required))
                        .reply();
            }
            case REJECTED ->
                SnippeRefusal.invalid("recipient cannot receive payouts").reply();
            default -> SnippeRefusal.paymentFailed("failed to initiate payout").reply();
        };
    }

    @Override
    public List<WebhookMessage> webhooks(SimulatedPayout payout) {
        return webhooks.about(payout, own(payout));
    }

    @Override
    public WebhookRules webhookRules() {
        return webhooks.rules();
    }

    @Override
    public void rotateKey(String key) {
        apiKey = key;
    }
}
