package io.holdfast.sandbox.nkwa;

import com.networknt.schema.Schema;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nkwa's endpoints. */
final class NkwaApi implements SimulatedApi {

    private static final String DISBURSE = "/disburse";
    private static final String PAYMENTS = "/payments/";
    private static final String AVAILABILITY = "/availability";
    private static final String PHONE = "237\\d{9}";
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final Stage stage;
    private final NkwaSettings account;
    private final RateLimit rateLimit;
    private final Schema requestSchema = new NkwaDocument().schema("PaymentRequest");
    private final NkwaCallbacks callbacks;
    private String apiKey;

    NkwaApi(Stage stage, NkwaSettings account) {
        this.stage = stage;
        this.account = account;
        this.apiKey = account.apiKey();
        this.rateLimit = new RateLimit(
                account.requestsPerMinute(),
                Duration.ofMinutes(1),
                stage.settings().clock());
        this.callbacks = new NkwaCallbacks(account);
        stage.book().topUp(NkwaSimulator.ACCOUNT, BigDecimal.valueOf(account.openingBalance()));
    }

    /** There are no keys: whatever arrives is a payout of its own. */
    @Override
    public Optional<Creation> creation(Request request) {
        return isDisburse(request)
                ? Optional.of(new Creation(JsonBody.glimpse(request.body(), "/phoneNumber"), Optional.empty()))
                : Optional.empty();
    }

    private static boolean isDisburse(Request request) {
        return request.method().equals("POST") && request.path().equals(DISBURSE);
    }

    @Override
    public Reply answer(Request request, Set<Fault> faults) {
        try {
            if (!request.header("X-API-Key").equals(Optional.of(apiKey))) {
                throw NkwaErrors.unauthorized();
            }
            if (!rateLimit.count(apiKey).allows()) {
                throw NkwaErrors.rateLimited();
            }
            return route(request, faults);
        } catch (RefusedRequest refused) {
            return refused.reply();
        } catch (MalformedBody malformed) {
            return NkwaErrors.invalid(malformed.problem()).reply();
        }
    }

    private Reply route(Request request, Set<Fault> faults) {
        if (isDisburse(request)) {
            return disburse(request, faults);
        }
        if (!request.method().equals("GET")) {
            throw NkwaErrors.notFound();
        }
        if (request.path().equals(AVAILABILITY)) {
            return Reply.json(OK, NkwaJson.availability(account.suspended()).toString());
        }
        if (!request.path().startsWith(PAYMENTS)) {
            throw NkwaErrors.notFound();
        }
        SimulatedPayout payout = stage.book()
                .find(request.path().substring(PAYMENTS.length()))
                .filter(SimulatedPayout::isVisible)
                .orElseThrow(NkwaErrors::notFound);
        return Reply.json(OK, NkwaJson.payment(payout).toString());
    }

    private Reply disburse(Request request, Set<Fault> faults) {
        if (!request.header("Content-Type").orElse("").matches("application/json(;.*)?")) {
            throw NkwaErrors.invalid("Content-Type must be application/json");
        }
        if (!account.disburses()) {
            throw NkwaErrors.disabled();
        }
        JsonBody body = JsonBody.parse(request.body());
        List<String> wrong = NkwaDocument.faults(requestSchema, body.json());
        if (!wrong.isEmpty()) {
            throw NkwaErrors.invalid("Invalid request", wrong);
        }
        String phone = body.text("phoneNumber");
        String operator = Optional.of(phone)
                .filter(number -> number.matches(PHONE))
                .flatMap(NkwaOperator::of)
                .orElseThrow(() -> NkwaErrors.invalid("phoneNumber must be an MTN or Orange number, 237XXXXXXXXX"));
        if (account.suspended().contains(operator)) {
            throw NkwaErrors.invalid("Disbursements to " + operator + " are suspended");
        }
        long amount = body.whole("amount");
        if (amount < 1) {
            throw NkwaErrors.invalid("amount must be above zero");
        }
        return create(phone, amount, faults);
    }

    private Reply create(String phone, long amount, Set<Fault> faults) {
        PayoutOrder order = new PayoutOrder(
                NkwaSimulator.ACCOUNT,
                phone,
                NkwaSimulator.ACCOUNT,
                BigDecimal.valueOf(amount),
                BigDecimal.valueOf(account.fee()),
                Optional.empty());
        if (stage.book().balance(NkwaSimulator.ACCOUNT).compareTo(order.total()) < 0) {
            throw NkwaErrors.insufficientBalance();
        }
        String id = stage.ids().uuid();
        SimulatedPayout payout =
                stage.book().create(id, order, faults, stage.settings().settleAfter());
        return Reply.json(CREATED, NkwaJson.payment(payout).toString()).creating(id);
    }

    @Override
    public Reply refusal(Request request, Fault fault) {
        return switch (fault) {
            case RATE_LIMITED -> NkwaErrors.rateLimited().reply();
            case ROTATED_KEY -> NkwaErrors.unauthorized().reply();
            case INSUFFICIENT_FLOAT -> NkwaErrors.insufficientBalance().reply();
            case REJECTED ->
                NkwaErrors.invalid("The phone number cannot receive payments").reply();
            default -> NkwaErrors.internal().reply();
        };
    }

    @Override
    public List<WebhookMessage> webhooks(SimulatedPayout payout) {
        return callbacks.about(payout);
    }

    @Override
    public WebhookRules webhookRules() {
        return callbacks.rules();
    }

    @Override
    public void rotateKey(String key) {
        apiKey = key;
    }
}
