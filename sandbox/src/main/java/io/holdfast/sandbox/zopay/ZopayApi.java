package io.holdfast.sandbox.zopay;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Zopay's endpoints. */
final class ZopayApi implements SimulatedApi {

    private static final String DISBURSEMENTS = "/api/v1/disbursements";
    private static final String QUOTE = DISBURSEMENTS + "/quote";
    private static final String EXECUTE = DISBURSEMENTS + "/execute";
    private static final Set<String> EXECUTE_FIELDS = Set.of("quote_id", "idempotency_key", "recipient");
    private static final Set<String> MSISDN = Set.of("msisdn");
    private static final int OK = 200;

    private final Stage stage;
    private final ZopaySettings account;
    private final RateLimit rateLimit;
    private final ZopayGate gate;
    private final ZopayQuotes quotes;
    private final ZopayJson json;
    private final ZopayWebhooks webhooks;
    private final Map<String, ZopayPayout> payouts = new HashMap<>();
    private final Map<String, Execution> executions = new HashMap<>();
    private final Set<String> usedQuotes = new HashSet<>();

    ZopayApi(Stage stage, ZopaySettings account) {
        this.stage = stage;
        this.account = account;
        this.rateLimit = new RateLimit(
                account.requestsPerMinute(),
                Duration.ofMinutes(1),
                stage.settings().clock());
        this.gate = new ZopayGate(account, stage.settings().clock());
        this.quotes = new ZopayQuotes(stage.ids(), stage.settings().clock());
        this.json = new ZopayJson(account);
        this.webhooks = new ZopayWebhooks(account, json, stage.ids());
        stage.book().topUp(ZopaySimulator.ACCOUNT, BigDecimal.valueOf(account.openingBalance()));
    }

    /** What was executed under a key, and how it was answered. */
    private record Execution(String body, Reply reply) {}

    @Override
    public Optional<Creation> creation(Request request) {
        return request.method().equals("POST") && request.path().equals(EXECUTE)
                ? Optional.of(new Creation(
                        JsonBody.glimpse(request.body(), "/recipient/msisdn"),
                        Optional.of(JsonBody.glimpse(request.body(), "/idempotency_key"))
                                .filter(key -> !key.isEmpty())))
                : Optional.empty();
    }

    @Override
    public Reply answer(Request request, Set<Fault> faults) {
        try {
            gate.check(request);
            if (!rateLimit.count(account.apiKey()).allows()) {
                throw ZopayErrors.rateLimited();
            }
            return request.method().equals("POST") ? post(request, faults) : get(request);
        } catch (RefusedRequest refused) {
            return refused.reply();
        } catch (MalformedBody malformed) {
            return ZopayErrors.invalid(malformed.problem()).reply();
        }
    }

    private Reply post(Request request, Set<Fault> faults) {
        if (!request.header("Content-Type").orElse("").matches("application/json(;.*)?")) {
            throw ZopayErrors.invalid("Content-Type must be application/json");
        }
        return switch (request.path()) {
            case QUOTE ->
                Reply.json(OK, json.quote(quotes.make(request.body()), faults).toString());
            case EXECUTE -> execute(request, faults);
            default -> throw ZopayErrors.notFound("Route");
        };
    }

    private Reply get(Request request) {
        String path = request.path();
        if (!request.method().equals("GET") || (!path.equals(DISBURSEMENTS) && !path.startsWith(DISBURSEMENTS + "/"))) {
            throw ZopayErrors.notFound("Route");
        }
        if (path.equals(DISBURSEMENTS)) {
            return list(ZopayQuery.of(request));
        }
        SimulatedPayout payout = stage.book()
                .find(path.substring(DISBURSEMENTS.length() + 1))
                .filter(SimulatedPayout::isVisible)
                .orElseThrow(() -> ZopayErrors.notFound("Payout"));
        ObjectNode body = ZopayJson.object();
        body.set("payout", json.shown(payout, own(payout)));
        return Reply.json(OK, body.toString());
    }

    private Reply execute(Request request, Set<Fault> faults) {
        JsonBody body = JsonBody.parse(request.body()).only(EXECUTE_FIELDS);
        String key = body.text("idempotency_key");
        Execution first = executions.get(key);
        if (first != null && !faults.contains(Fault.KEY_FORGOTTEN)) {
            if (!first.body().equals(request.body())) {
                throw ZopayErrors.quoteUsed();
            }
            return first.reply();
        }
        ZopayQuote quote = quotes.find(body.text("quote_id")).orElseThrow(() -> ZopayErrors.notFound("Quote"));
        String phone = body.object("recipient").only(MSISDN).text("msisdn");
        if (!phone.equals(quote.phone())) {
            throw ZopayErrors.invalid("recipient.msisdn is not that of the quote");
        }
        if (usedQuotes.contains(quote.id()) && !faults.contains(Fault.KEY_FORGOTTEN)) {
            throw ZopayErrors.quoteUsed();
        }
        boolean isExpired = !stage.settings().clock().instant().isBefore(quote.expiresAt());
        if (isExpired || faults.contains(Fault.EXPIRED_QUOTE)) {
            throw ZopayErrors.quoteExpired();
        }
        Reply reply = create(quote, key, faults);
        usedQuotes.add(quote.id());
        executions.put(key, new Execution(request.body(), reply));
        return reply;
    }

    private Reply create(ZopayQuote quote, String key, Set<Fault> faults) {
        PayoutOrder order = new PayoutOrder(
                ZopaySimulator.ACCOUNT,
                quote.phone().substring(1),
                ZopaySimulator.ACCOUNT,
                BigDecimal.valueOf(quote.amount()),
                BigDecimal.valueOf(account.fees()),
                Optional.of(key));
        if (stage.book().balance(ZopaySimulator.ACCOUNT).compareTo(order.total()) < 0) {
            throw ZopayErrors.insufficientFunds();
        }
        String id = stage.ids().uuid();
        ZopayPayout own = new ZopayPayout(
                quote, "MTN_REF_" + stage.ids().token(9), stage.ids().uuid());
        SimulatedPayout payout =
                stage.book().create(id, order, faults, stage.settings().settleAfter());
        payouts.put(id, own);
        return Reply.json(OK, ZopayJson.executed(payout, own).toString()).creating(id);
    }

    private Reply list(ZopayQuery query) {
        List<SimulatedPayout> fitting = stage.book().visibleNewestFirst().stream()
                .filter(payout -> query.admits(payout, own(payout)))
                .toList();
        ObjectNode body = ZopayJson.object();
        ArrayNode items = body.putArray("payouts");
        fitting.stream()
                .skip(query.offset())
                .limit(query.limit())
                .map(payout -> json.listed(payout, own(payout)))
                .forEach(items::add);
        body.put("total", fitting.size()).put("limit", query.limit()).put("offset", query.offset());
        body.put("hasMore", query.offset() + items.size() < fitting.size());
        return Reply.json(OK, body.toString());
    }

    private ZopayPayout own(SimulatedPayout payout) {
        ZopayPayout own = payouts.get(payout.reference());
        if (own == null) {
            throw new IllegalStateException("Payout " + payout.reference() + " was not created here");
        }
        return own;
    }

    @Override
    public Reply refusal(Request request, Fault fault) {
        return switch (fault) {
            case RATE_LIMITED -> ZopayErrors.rateLimited().reply();
            case ROTATED_KEY -> ZopayErrors.unauthorized("Merchant not found").reply();
            case INSUFFICIENT_FLOAT -> ZopayErrors.insufficientFunds().reply();
            case REJECTED ->
                ZopayErrors.invalid("recipient.msisdn cannot receive payouts").reply();
            default -> ZopayErrors.internal().reply();
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
        gate.rotateKey(key);
    }
}
