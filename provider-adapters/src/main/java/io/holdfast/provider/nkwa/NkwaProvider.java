package io.holdfast.provider.nkwa;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Availability;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.HttpCall;
import io.holdfast.provider.Json;
import io.holdfast.provider.MobileNumbers;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.UrlText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Nkwa Pay, which pays XAF to MTN and Orange in Cameroon. Its fee comes on top.
 *
 * <p>Nkwa takes no idempotency key and no reference of ours, and lists nothing: what became of a create that was not
 * answered cannot be found out by asking. Such a payout is sent once, ever, and is then for a person to settle.
 *
 * <p>Safe for use by any number of threads. It starts the threads of the JDK's HTTP client and no others.
 */
public final class NkwaProvider implements PayoutProvider {

    private static final String NAME = "nkwa";

    private final NkwaSettings settings;
    private final Capabilities capabilities;
    private final BoundedHttp http;
    private final Redaction redaction;
    private final MobileNumbers numbers = new MobileNumbers(Set.of("CM"));
    private final NkwaAnswers answers;
    private final NkwaCallbacks callbacks;

    /**
     * Reaches Nkwa with these settings; asks nothing yet.
     *
     * @throws IllegalArgumentException if the exchange's bound is none that can be kept
     * @throws IllegalStateException if the JVM was told to repeat requests on its own
     */
    public NkwaProvider(NkwaSettings settings) {
        this.settings = settings;
        this.http = new BoundedHttp(settings.baseUrl(), settings.exchangeTimeout());
        this.redaction = Redaction.of(List.of(settings.apiKey()));
        this.answers = new NkwaAnswers(settings);
        this.callbacks = new NkwaCallbacks(settings, redaction);
        Feature calls = settings.callback().isPresent() ? Feature.WEBHOOK_SIGNED : Feature.WEBHOOK_UNSIGNED;
        Capabilities.Builder declared = Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Uuid())
                .channels(Channel.MOBILE_MONEY)
                .currencies(List.of(settings.franc()))
                .features(Feature.AVAILABILITY, calls);
        settings.rateLimit().ifPresent(declared::rateLimit);
        settings.environment().ifPresent(declared::environment);
        this.capabilities = declared.build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
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
        Recipient.MobileMoney mobile = numbers.payable(instruction, settings.franc(), "Nkwa");
        ObjectNode body = Json.object();
        body.put("amount", settings.franc().toWireUnits(instruction.amount()));
        body.put("phoneNumber", mobile.digits());
        settings.referenceFields().stream().sorted().forEach(field -> body.put(field, instruction.reference()));
        return new CreateRequest("POST", "/disburse", Json.bytes(body));
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        HttpCall call = authorized(HttpCall.of(request)).header("Content-Type", "application/json");
        HttpCall signed = settings.signer()
                .map(signer -> call.header("X-Sig", signer.apply(request)))
                .orElse(call);
        return answers.toCreate(http.exchange(signed), redaction.and(instruction.recipient()));
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        HttpCall question = authorized(HttpCall.get("/payments/" + UrlText.encoded(reference)));
        return answers.toLookup(http.exchange(question), reference, redaction.and(instruction.recipient()));
    }

    @Override
    public Answer<Availability> availability() {
        return answers.toAvailability(http.exchange(authorized(HttpCall.get("/availability"))), redaction);
    }

    @Override
    public WebhookNotice webhook(WebhookDelivery delivery) {
        return callbacks.read(delivery);
    }

    /** Returns the provider's name; its settings hold secrets. */
    @Override
    public String toString() {
        return NAME;
    }

    private HttpCall authorized(HttpCall call) {
        return call.header("Accept", "application/json")
                .header("X-API-Key", settings.apiKey().value());
    }
}
