package com.example.acme;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.sandbox.simulator.Creation;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.IdempotencyKeys;
import io.holdfast.sandbox.simulator.JsonBody;
import io.holdfast.sandbox.simulator.MalformedBody;
import io.holdfast.sandbox.simulator.PayoutOrder;
import io.holdfast.sandbox.simulator.Reply;
import io.holdfast.sandbox.simulator.Request;
import io.holdfast.sandbox.simulator.SimulatedApi;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.simulator.Stage;
import io.holdfast.sandbox.simulator.WebhookMessage;
import io.holdfast.sandbox.simulator.WebhookRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Acme Pay, played from its documentation and from no adapter. What the documentation leaves open, it refuses. */
final class AcmeSimulator implements SimulatedApi {

    static final String KEY = "acme_key";

    private static final String ACCOUNT = "UGX";
    private static final BigDecimal FEE = BigDecimal.valueOf(50);
    private static final Set<String> FIELDS = Set.of("amount", "currency", "phone");

    private final Stage stage;
    private final IdempotencyKeys keys;
    private String validKey = KEY;

    private AcmeSimulator(Stage stage) {
        this.stage = stage;
        this.keys = new IdempotencyKeys(Duration.ofHours(24), stage.settings().clock());
        stage.book().topUp(ACCOUNT, BigDecimal.valueOf(10_000_000));
    }

    static Simulator start(SimulatorSettings settings) {
        return Simulator.start(settings, AcmeSimulator::new);
    }

    @Override
    public Optional<Creation> creation(Request request) {
        return request.method().equals("POST") && request.path().equals("/payouts")
                ? Optional.of(
                        new Creation(JsonBody.glimpse(request.body(), "/phone"), request.header("Idempotency-Key")))
                : Optional.empty();
    }

    @Override
    public Reply answer(Request request, Set<Fault> faults) {
        if (!request.header("Authorization").equals(Optional.of("Bearer " + validKey))) {
            return error(401, "bad_key", "this API key is not valid");
        }
        if (creation(request).isPresent()) {
            return once(request, faults);
        }
        return request.method().equals("GET") && request.path().startsWith("/payouts/")
                ? stage.book()
                        .find(request.path().substring("/payouts/".length()))
                        .filter(SimulatedPayout::isVisible)
                        .map(payout -> shown(200, payout))
                        .orElse(error(404, "not_found", "there is no such payout"))
                : error(404, "not_found", "there is no such route");
    }

    /** Answers the same key with the same answer; Acme forgets a key after 24 hours. */
    private Reply once(Request request, Set<Fault> faults) {
        String key = request.header("Idempotency-Key").orElse("");
        if (!key.matches("[a-z0-9]{10,40}")) {
            return error(400, "bad_request", "Idempotency-Key must be 10 to 40 letters and digits");
        }
        Optional<IdempotencyKeys.Entry> first = keys.find(key);
        if (first.isPresent()) {
            return first.get().content().equals(request.body())
                    ? first.get().reply()
                    : error(409, "key_reused", "this key came with another body");
        }
        Reply reply = create(request, faults);
        keys.remember(key, request.body(), reply);
        return reply;
    }

    private Reply create(Request request, Set<Fault> faults) {
        try {
            JsonBody body = JsonBody.parse(request.body()).only(FIELDS);
            String amount = body.text("amount");
            if (!body.text("currency").equals(ACCOUNT) || !amount.matches("[1-9][0-9]{2,8}")) {
                return error(400, "bad_amount", "from UGX 500 on, in whole shillings");
            }
            if (!body.text("phone").matches("256[0-9]{9}")) {
                return error(400, "bad_phone", "phone must be 256 and nine digits");
            }
            PayoutOrder order = new PayoutOrder(
                    ACCOUNT, body.text("phone"), ACCOUNT, new BigDecimal(amount), FEE, Optional.empty());
            if (stage.book().balance(ACCOUNT).compareTo(order.total()) < 0) {
                return error(402, "float_too_low", "top up your account");
            }
            String id = stage.ids().token(12);
            SimulatedPayout payout =
                    stage.book().create(id, order, faults, stage.settings().settleAfter());
            return shown(201, payout).creating(id);
        } catch (MalformedBody malformed) {
            return error(400, "bad_request", malformed.problem());
        }
    }

    private static Reply shown(int status, SimulatedPayout payout) {
        long factor = payout.faults().contains(Fault.WRONG_AMOUNT) ? 100 : 1;
        String state = switch (payout.status()) {
            case PENDING -> payout.isUnlisted() ? SimulatedPayout.UNLISTED : "queued";
            case SUCCEEDED -> "paid";
            case FAILED -> "failed";
            case REVERSED -> "returned";
        };
        return Reply.json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", payout.reference())
                        .put("state", state)
                        .put("amount", payout.order().amount().longValueExact() * factor)
                        .put("currency", payout.order().currency())
                        .put("phone", payout.order().recipient())
                        .put("fee", FEE.longValueExact())
                        .put("created_at", payout.createdAt().toString())
                        .toString());
    }

    @Override
    public Reply refusal(Request request, Fault fault) {
        return switch (fault) {
            case RATE_LIMITED -> error(429, "slow_down", "too many requests");
            case ROTATED_KEY -> error(401, "bad_key", "this API key is not valid");
            case INSUFFICIENT_FLOAT -> error(402, "float_too_low", "top up your account");
            case REJECTED -> error(400, "bad_phone", "this number cannot be paid to");
            default -> error(500, "internal", "something went wrong");
        };
    }

    private static Reply error(int status, String code, String message) {
        return Reply.json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", code)
                        .put("message", message)
                        .toString());
    }

    @Override
    public List<WebhookMessage> webhooks(SimulatedPayout payout) {
        return List.of();
    }

    @Override
    public WebhookRules webhookRules() {
        return new WebhookRules(List.of(), Duration.ofSeconds(1), (message, at) -> Map.of());
    }

    @Override
    public void rotateKey(String key) {
        validKey = key;
    }
}
