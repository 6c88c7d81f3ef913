package io.holdfast.sandbox.rohopay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.Creation;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.IdempotencyKeys;
import io.holdfast.sandbox.simulator.JsonBody;
import io.holdfast.sandbox.simulator.PayoutOrder;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.RateLimit;
import io.holdfast.sandbox.simulator.RefusedRequest;
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

/** RohoPay's endpoints. */
final class RohoPayApi implements SimulatedApi {

    private static final String DISBURSE = "/api/v1/disburse";
    private static final String TRANSACTIONS = "/api/v1/transactions";
    private static final String BALANCE = "/api/v1/wallet/balance";
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final String UUID_4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final long TEST_BALANCE = 1_000_000;
    private static final long WHOLE = 10_000;
    private static final int ID_LENGTH = 24;

    private final Stage stage;
    private final RohoPaySettings account;
    private final RateLimit rateLimit;
    private final IdempotencyKeys keys;
    private final RohoPayJson json;
    private final RohoPayWebhooks webhooks;
    private final Map<String, RohoPayPayout> payouts = new HashMap<>();
    private String liveKey;

    RohoPayApi(Stage stage, RohoPaySettings account) {
        this.stage = stage;
        this.account = account;
        this.liveKey = account.liveKey();
        this.rateLimit = new RateLimit(
                account.requestsPerMinute(),
                Duration.ofMinutes(1),
                stage.settings().clock());
        this.keys = new IdempotencyKeys(Duration.ofHours(24), stage.settings().clock());
        this.json = new RohoPayJson(account);
        this.webhooks = new RohoPayWebhooks(account.webhookSecret(), json);
        account.openingBalances().forEach((code, units) -> stage.book().topUp(code, BigDecimal.valueOf(units)));
    }

    @Override
    public Optional<Creation> creation(Request request) {
        return isDisburse(request)
                ? Optional.of(new Creation(JsonBody.glimpse(request.body(), "/phone"), request.header(KEY_HEADER)))
                : Optional.empty();
    }

    private static boolean isDisburse(Request request) {
        return request.method().equals("POST") && request.path().equals(DISBURSE);
    }

    @Override
    public Reply answer(Request request, Set<Fault> faults) {
        try {
            if (!rateLimit.count("the caller's address").allows()) {
                throw RohoPayErrors.rateLimited();
            }
            return route(request, faults);
        } catch (RefusedRequest refused) {
            return refused.reply();
        }
    }

    private Reply route(Request request, Set<Fault> faults) {
        Optional<String> authorization = request.header("Authorization");
        boolean isLive = authorization.equals(Optional.of("Bearer " + liveKey));
        if (!isLive && !authorization.equals(Optional.of("Bearer " + account.testKey()))) {
            throw RohoPayErrors.unauthorized();
        }
        if (isDisburse(request)) {
            if (!isLive) {
                throw RohoPayErrors.testBlocked();
            }
            return disburse(request, faults);
        }
        if (!request.method().equals("GET")) {
            throw RohoPayErrors.notFound("Route");
        }
        if (request.path().equals(BALANCE)) {
            return balance();
        }
        if (request.path().equals(TRANSACTIONS)) {
            return RohoPayJson.success(list(RohoPayQuery.of(request)));
        }
        if (request.path().startsWith(TRANSACTIONS + "/")) {
            return show(request.path().substring(TRANSACTIONS.length() + 1));
        }
        throw RohoPayErrors.notFound("Route");
    }

    private Reply disburse(Request request, Set<Fault> faults) {
        if (!request.header("Content-Type").orElse("").matches("application/json(;.*)?")) {
            throw RohoPayErrors.invalid("Content-Type must be application/json");
        }
        String key = request.header(KEY_HEADER).orElseThrow(RohoPayErrors::missingKey);
        if (!key.matches(UUID_4)) {
            throw RohoPayErrors.invalid("Idempotency-Key must be a UUID v4");
        }
        Optional<IdempotencyKeys.Entry> first =
                faults.contains(Fault.KEY_FORGOTTEN) ? Optional.empty() : keys.find(key);
        if (first.isPresent()) {
            if (!first.get().content().equals(request.body())) {
                throw RohoPayErrors.keyReused();
            }
            return first.get().reply();
        }
        Reply reply = create(RohoPayOrder.parse(request.body()), key, faults);
        keys.remember(key, request.body(), reply);
        return reply;
    }

    private Reply create(RohoPayOrder order, String key, Set<Fault> faults) {
        long commission = order.amount() * account.commissionBasisPoints() / WHOLE;
        boolean deducted = account.variations().contains(RohoPayVariation.FEE_DEDUCTED);
        long received = deducted ? order.amount() - commission : order.amount();
        PayoutOrder payoutOrder = new PayoutOrder(
                order.currency(),
                order.phone(),
                order.currency(),
                BigDecimal.valueOf(received),
                BigDecimal.valueOf(commission),
                Optional.of(key));
        if (stage.book().balance(order.currency()).compareTo(payoutOrder.total()) < 0) {
            throw RohoPayErrors.insufficientBalance();
        }
        String reference = "RHP-" + stage.ids().token(ID_LENGTH / 2);
        RohoPayPayout own =
                new RohoPayPayout(stage.ids().token(ID_LENGTH), stage.ids().token(ID_LENGTH / 2), order, commission);
        boolean atOnce = account.variations().contains(RohoPayVariation.SETTLES_AT_ONCE);
        SimulatedPayout payout = stage.book()
                .create(
                        reference,
                        payoutOrder,
                        faults,
                        atOnce ? Duration.ZERO : stage.settings().settleAfter());
        payouts.put(reference, own);
        ObjectNode shown = json.created(payout, own);
        if (atOnce) {
            shown.put("status", RohoPayJson.status(PayoutStatus.SUCCEEDED));
        }
        return RohoPayJson.success(shown).creating(reference);
    }

    private Reply balance() {
        long held = stage.book().balance(account.currency()).longValueExact();
        ObjectNode data = RohoPayJson.object();
        if (account.variations().contains(RohoPayVariation.LIVE_NAMES)) {
            data.put("balance", held);
        } else {
            data.put("balance_live", held).put("balance_test", TEST_BALANCE);
        }
        return RohoPayJson.success(data.put("currency", account.currency()));
    }

    private ArrayNode list(RohoPayQuery query) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        stage.book().visibleNewestFirst().stream()
                .filter(query::admits)
                .skip(query.offset())
                .limit(query.limit())
                .map(payout -> json.shown(payout, own(payout)))
                .forEach(items::add);
        return items;
    }

    private Reply show(String reference) {
        SimulatedPayout payout = stage.book().payouts().stream()
                .filter(SimulatedPayout::isVisible)
                .filter(one -> one.reference().equals(reference)
                        || own(one).providerReference().equals(reference))
                .findFirst()
                .orElseThrow(() -> RohoPayErrors.notFound("Transaction"));
        return RohoPayJson.success(json.shown(payout, own(payout)));
    }

    private RohoPayPayout own(SimulatedPayout payout) {
        RohoPayPayout own = payouts.get(payout.reference());
        if (own == null) {
            throw new IllegalStateException("Payout " + payout.reference() + " was not created here");
        }
        return own;
    }

    @Override
    public Reply refusal(Request request, Fault fault) {
        return switch (fault) {
            case RATE_LIMITED -> RohoPayErrors.rateLimited().reply();
            case ROTATED_KEY -> RohoPayErrors.unauthorized().reply();
            case INSUFFICIENT_FLOAT -> RohoPayErrors.insufficientBalance().reply();
            case REJECTED ->
                RohoPayErrors.invalidPhone("This number cannot receive mobile money")
                        .reply();
            default -> RohoPayErrors.providerError().reply();
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
        liveKey = key;
    }
}
