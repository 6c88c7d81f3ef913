package com.example.acme;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.Complaint;
import io.holdfast.provider.HttpCall;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.MobileNumbers;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.Secret;
import io.holdfast.provider.UrlText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Acme Pay, which pays UGX to mobile money in Uganda. Safe for use by any number of threads. */
public final class AcmeProvider implements PayoutProvider {

    static final WireCurrency SHILLING = WireCurrency.of(Currency.of("UGX"), 0).minimum(Money.parse("UGX 500"));

    /** The errors by which Acme says that it created nothing. Whatever is not on this table proves nothing. */
    private static final Map<String, FailureReason> REJECTIONS = Map.of(
            "400 bad_request", FailureReason.OTHER,
            "400 bad_amount", FailureReason.AMOUNT_OUT_OF_RANGE,
            "400 bad_phone", FailureReason.INVALID_RECIPIENT,
            "401 bad_key", FailureReason.PROVIDER_DISABLED,
            "402 float_too_low", FailureReason.INSUFFICIENT_FLOAT);

    private static final Capabilities CAPABILITIES = Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Text(40))
            .channels(Channel.MOBILE_MONEY)
            .currencies(List.of(SHILLING))
            .resend(Resend.within(Duration.ofHours(24)))
            .rateLimit(new RateLimit(100, Duration.ofMinutes(1)))
            .build();

    private final MobileNumbers numbers = new MobileNumbers(Set.of("UG"));
    private final BoundedHttp http;
    private final Secret apiKey;
    private final Redaction redaction;

    /**
     * Reaches Acme Pay; asks nothing yet.
     *
     * @throws IllegalArgumentException if URL, key or timeout are none that can be used
     */
    public AcmeProvider(URI baseUrl, String apiKey, Duration exchangeTimeout) {
        this.http = new BoundedHttp(baseUrl, exchangeTimeout);
        this.apiKey = Secret.of("Acme's API key", apiKey);
        this.redaction = Redaction.of(List.of(this.apiKey));
    }

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Duration exchangeTimeout() {
        return http.bound();
    }

    @Override
    public Optional<Objection> objection(Money amount, Recipient recipient) {
        return recipient instanceof Recipient.MobileMoney mobile ? numbers.objection(mobile) : Optional.empty();
    }

    @Override
    public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
        Recipient.MobileMoney mobile = numbers.payable(instruction, SHILLING, "Acme");
        ObjectNode body = Json.object();
        body.put("amount", SHILLING.toWire(instruction.amount()).toPlainString());
        body.put("currency", instruction.amount().currency().code());
        body.put("phone", mobile.digits());
        return new CreateRequest("POST", "/payouts", Json.bytes(body));
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        HttpCall call = authorized(HttpCall.of(request))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", instruction.key());
        Reading reading = new Reading(http.exchange(call), redaction.and(instruction.recipient()));
        return reading.ofSend(answer ->
                answer.isSuccess() ? reading.created(answer, payment(answer, reading)) : refused(answer, reading));
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        HttpCall question = authorized(HttpCall.get("/payouts/" + UrlText.encoded(reference)));
        Reading reading = new Reading(http.exchange(question), redaction.and(instruction.recipient()));
        return reading.ofLookup(answer -> answer.isSuccess()
                ? reading.shown(answer, reference, payment(answer, reading))
                : reading.unanswered(answer, answer.wait("Retry-After"), complaint(answer)));
    }

    private static Outcome refused(HttpResult.Answered answer, Reading reading) {
        Optional<Outcome> turnedAway = reading.turnedAway(answer, answer.wait("Retry-After"));
        Optional<Complaint> complaint = complaint(answer).map(said -> said.cleanedBy(reading.redaction()));
        if (turnedAway.isPresent() || complaint.isEmpty()) {
            return turnedAway.orElseGet(() -> reading.notInOwnWords(answer));
        }
        Complaint said = complaint.get();
        return Optional.ofNullable(REJECTIONS.get(answer.status() + " " + said.code()))
                .map(reason -> said.rejection(reason, reading.redaction().evidence(answer)))
                .orElseGet(() -> said.doubt(answer.status(), reading.redaction().evidence(answer)));
    }

    private static Optional<AcmePayment> payment(HttpResult.Answered answer, Reading reading) {
        return Json.read(answer.text()).map(data -> new AcmePayment(data, reading.redaction()));
    }

    /** Returns what Acme says went wrong; absent if it is not Acme that answered. */
    private static Optional<Complaint> complaint(HttpResult.Answered answer) {
        return Json.read(answer.text())
                .flatMap(root -> Json.text(root.path("error"))
                        .map(code -> new Complaint(
                                code, Json.text(root.path("message")).orElse(""))));
    }

    private HttpCall authorized(HttpCall call) {
        return call.header("Accept", "application/json").header("Authorization", "Bearer " + apiKey.value());
    }
}
