package io.holdfast.sandbox.wistfare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.Creation;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.JsonBody;
import io.holdfast.sandbox.simulator.MalformedBody;
import io.holdfast.sandbox.simulator.PayoutOrder;
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

/** Wistfare's endpoints. */
final class WistfareApi implements SimulatedApi {

    private static final String DISBURSEMENTS = "/v1/disbursements";
    private static final String FEES = "/v1/fees/calculate";
    private static final String WALLETS = "/v1/wallets";
    private static final Set<String> LIST_PARAMETERS = Set.of("business_id", "page", "per_page");
    private static final Set<String> FEE_FIELDS = Set.of("business_id", "amount", "transaction_type", "currency");
    private static final String COUNT = "[1-9]\\d{0,5}";
    private static final int PER_PAGE_DEFAULT = 20;
    private static final int PER_PAGE_MAX = 100;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ID_LENGTH = 12;
    private static final long WRONG_AMOUNT_FACTOR = 10;

    private final Stage stage;
    private final WistfareSettings account;
    private final RateLimit rateLimit;
    private final WistfareJson json;
    private final WistfareCalls calls;
    private final Map<String, WistfareOrder> orders = new HashMap<>();
    private final Map<String, String> byReference = new HashMap<>();
    private String apiKey;

    WistfareApi(Stage stage, WistfareSettings account) {
        this.stage = stage;
        this.account = account;
        this.apiKey = account.apiKey();
        this.rateLimit = new RateLimit(
                account.requestsPerMinute(),
                Duration.ofMinutes(1),
                stage.settings().clock());
        this.json = new WistfareJson(account);
        this.calls = new WistfareCalls(account, json);
        stage.book().topUp(WistfareSimulator.ACCOUNT, BigDecimal.valueOf(account.openingBalance()));
    }

    @Override
    public Optional<Creation> creation(Request request) {
        if (!request.method().equals("POST") || !request.path().equals(DISBURSEMENTS)) {
            return Optional.empty();
        }
        String phone = JsonBody.glimpse(request.body(), "/" + WistfareOrder.wire("destinationRef", account));
        String reference = JsonBody.glimpse(request.body(), "/" + WistfareOrder.wire("referenceId", account));
        return Optional.of(new Creation(phone, Optional.of(reference).filter(text -> !text.isEmpty())));
    }

    @Override
    public Reply answer(Request request, Set<Fault> faults) {
        try {
            if (!request.header("X-API-Key").equals(Optional.of(apiKey))) {
                throw WistfareErrors.unauthorized();
            }
            if (!rateLimit.count(apiKey).allows()) {
                throw WistfareErrors.rateLimited();
            }
            return request.method().equals("POST") ? post(request, faults) : get(request);
        } catch (RefusedRequest refused) {
            return refused.reply();
        }
    }

    private Reply post(Request request, Set<Fault> faults) {
        if (!request.header("Content-Type").orElse("").matches("application/json(;.*)?")) {
            throw WistfareErrors.invalid("", "Content-Type must be application/json");
        }
        return switch (request.path()) {
            case DISBURSEMENTS -> create(WistfareOrder.parse(request.body(), account), faults);
            case FEES -> fee(request, faults);
            default -> throw WistfareErrors.notFound("Route");
        };
    }

    private Reply get(Request request) {
        String path = request.path();
        if (!request.method().equals("GET")) {
            throw WistfareErrors.notFound("Route");
        }
        if (path.equals(WALLETS)) {
            return wallet(request);
        }
        if (path.equals(DISBURSEMENTS)) {
            return list(request);
        }
        if (!path.startsWith(DISBURSEMENTS + "/")) {
            throw WistfareErrors.notFound("Route");
        }
        SimulatedPayout payout = stage.book()
                .find(path.substring(DISBURSEMENTS.length() + 1))
                .filter(SimulatedPayout::isVisible)
                .orElseThrow(() -> WistfareErrors.notFound("Disbursement"));
        return Reply.json(OK, json.shown(payout, order(payout)).toString());
    }

    private Reply create(WistfareOrder order, Set<Fault> faults) {
        String first = byReference.get(order.referenceId());
        if (first != null && account.has(WistfareVariation.IDEMPOTENT_REFERENCES)) {
            SimulatedPayout payout = stage.book().find(first).orElseThrow();
            return Reply.json(OK, json.shown(payout, order(payout)).toString());
        }
        boolean deducted = account.has(WistfareVariation.FEE_DEDUCTED);
        PayoutOrder payoutOrder = new PayoutOrder(
                WistfareSimulator.ACCOUNT,
                order.phone(),
                WistfareSimulator.ACCOUNT,
                BigDecimal.valueOf(deducted ? order.amount() - account.fee() : order.amount()),
                BigDecimal.valueOf(account.fee()),
                Optional.of(order.referenceId()));
        if (stage.book().balance(WistfareSimulator.ACCOUNT).compareTo(payoutOrder.total()) < 0) {
            throw WistfareErrors.insufficientBalance();
        }
        String id = "disb_" + stage.ids().token(ID_LENGTH);
        SimulatedPayout payout =
                stage.book().create(id, payoutOrder, faults, stage.settings().settleAfter());
        orders.put(id, order);
        byReference.putIfAbsent(order.referenceId(), id);
        return Reply.json(CREATED, json.created(payout, order).toString()).creating(id);
    }

    private Reply list(Request request) {
        request.query().keySet().forEach(name -> {
            if (!LIST_PARAMETERS.contains(name)) {
                throw WistfareErrors.invalid(name, "Unknown parameter " + name);
            }
        });
        if (!request.parameter("business_id").equals(Optional.of(account.businessId()))) {
            throw WistfareErrors.invalid("business_id", "business_id is not " + account.businessId());
        }
        int page = count(request, "page", 1);
        int perPage = count(request, "per_page", PER_PAGE_DEFAULT);
        if (perPage > PER_PAGE_MAX) {
            throw WistfareErrors.invalid("per_page", "per_page must be at most " + PER_PAGE_MAX);
        }
        List<SimulatedPayout> all = stage.book().visibleNewestFirst();
        long skipped = (long) (page - 1) * perPage;
        ObjectNode body = WistfareJson.object();
        ArrayNode data = body.putArray("data");
        all.stream()
                .skip(skipped)
                .limit(perPage)
                .map(payout -> json.shown(payout, order(payout)))
                .forEach(data::add);
        body.put("total", all.size()).put("page", page).put("per_page", perPage);
        return Reply.json(
                OK, body.put("has_more", skipped + perPage < all.size()).toString());
    }

    private static int count(Request request, String name, int missing) {
        String text = request.parameter(name).orElse(Integer.toString(missing));
        if (!text.matches(COUNT)) {
            throw WistfareErrors.invalid(name, name + " must be a positive integer");
        }
        return Integer.parseInt(text);
    }

    private Reply fee(Request request, Set<Fault> faults) {
        try {
            JsonBody body = JsonBody.parse(request.body()).only(FEE_FIELDS);
            String asked = body.text("amount");
            if (!asked.matches(COUNT + "\\d{0,6}")
                    || !body.text("transaction_type").equals("disbursement")) {
                throw WistfareErrors.invalid("amount", "amount and transaction_type are those of a disbursement");
            }
            long amount = Long.parseLong(asked) * (faults.contains(Fault.WRONG_AMOUNT) ? WRONG_AMOUNT_FACTOR : 1);
            ObjectNode fee = WistfareJson.object()
                    .put("gross_amount", Long.toString(amount))
                    .put("fee_amount", Long.toString(account.fee()))
                    .put("net_amount", Long.toString(amount - account.fee()))
                    .put("fee_model", "flat")
                    .put("currency", body.text("currency"));
            return Reply.json(OK, fee.toString());
        } catch (MalformedBody malformed) {
            throw WistfareErrors.invalid(malformed.field(), malformed.problem());
        }
    }

    private Reply wallet(Request request) {
        if (!request.parameter("wallet_id").equals(Optional.of(account.walletId()))) {
            throw WistfareErrors.notFound("Wallet");
        }
        ObjectNode body = WistfareJson.object();
        body.putArray("data")
                .addObject()
                .put("id", account.walletId())
                .put("business_id", account.businessId())
                .put("balance", stage.book().balance(WistfareSimulator.ACCOUNT).toPlainString())
                .put("currency", WistfareSimulator.ACCOUNT);
        return Reply.json(OK, body.toString());
    }

    private WistfareOrder order(SimulatedPayout payout) {
        WistfareOrder order = orders.get(payout.reference());
        if (order == null) {
            throw new IllegalStateException("Payout " + payout.reference() + " was not created here");
        }
        return order;
    }

    @Override
    public Reply refusal(Request request, Fault fault) {
        return switch (fault) {
            case RATE_LIMITED -> WistfareErrors.rateLimited().reply();
            case ROTATED_KEY -> WistfareErrors.unauthorized().reply();
            case INSUFFICIENT_FLOAT -> WistfareErrors.insufficientBalance().reply();
            case REJECTED ->
                WistfareErrors.invalid("destinationRef", "the destination cannot receive payouts")
                        .reply();
            default -> WistfareErrors.internal().reply();
        };
    }

    @Override
    public List<WebhookMessage> webhooks(SimulatedPayout payout) {
        return calls.about(payout, order(payout));
    }

    @Override
    public WebhookRules webhookRules() {
        return calls.rules();
    }

    @Override
    public void rotateKey(String key) {
        apiKey = key;
    }
}
