package io.holdfast.provider.wistfare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.HttpCall;
import io.holdfast.provider.Json;
import io.holdfast.provider.MobileNumbers;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.UrlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Wistfare, which pays RWF to mobile money in Rwanda. Its {@code referenceId} carries our reference and comes back in its
 * list, which tells what became of a create that was not answered. That the same {@code referenceId} again is harmless no
 * document says, so a create is sent once; Wistfare's own SDKs repeat it, and are not imitated.
 *
 * <p>Wistfare signs none of its calls to us: one makes us ask, and no more.
 *
 * <p>Safe for use by any number of threads. It starts the threads of the JDK's HTTP client and no others.
 */
public final class WistfareProvider implements PayoutProvider {

    private static final String NAME = "wistfare";
    private static final String DISBURSEMENTS = "/v1/disbursements";

    private final WistfareSettings settings;
    private final Capabilities capabilities;
    private final BoundedHttp http;
    private final Redaction redaction;
    private final MobileNumbers numbers = new MobileNumbers(Set.of("RW"));
    private final WistfareAnswers answers;
    private final WistfareQuestions questions;

    /**
     * Reaches Wistfare with these settings; asks nothing yet.
     *
     * @throws IllegalArgumentException if the exchange's bound is none that can be kept
     * @throws IllegalStateException if the JVM was told to repeat requests on its own
     */
    public WistfareProvider(WistfareSettings settings) {
        this.settings = settings;
        this.http = new BoundedHttp(settings.baseUrl(), settings.exchangeTimeout());
        this.redaction = Redaction.of(Stream.concat(
                        Stream.of(settings.apiKey()),
                        settings.webhookSecret().map(WistfareSettings.SharedSecret::secret).stream())
                .toList());
        this.answers = new WistfareAnswers(settings);
        this.questions = new WistfareQuestions(settings, redaction);
        Set<Feature> features = EnumSet.of(
                Feature.ECHOES_REFERENCE, Feature.LIST, Feature.BALANCE, Feature.REVERSALS, Feature.WEBHOOK_UNSIGNED);
        if (settings.feeQuestion()) {
            features.add(Feature.FEE);
        }
        Capabilities.Builder declared = Capabilities.builder(settings.feeMode(), new KeyFormat.Uuid())
                .channels(Channel.MOBILE_MONEY)
                .currencies(List.of(settings.franc()))
                .resend(settings.referenceWindow().isZero() ? Resend.NEVER : Resend.within(settings.referenceWindow()))
                .features(features.toArray(Feature[]::new));
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
        Recipient.MobileMoney mobile = numbers.payable(instruction, settings.franc(), "Wistfare");
        ObjectNode body = Json.object();
        body.put(field("businessId", "business_id"), settings.businessId());
        body.put(field("walletId", "wallet_id"), settings.walletId());
        body.put("amount", settings.franc().toWire(instruction.amount()).toPlainString());
        body.put(field("destinationType", "destination_type"), "mobile_money");
        body.put(field("destinationRef", "destination_ref"), phone(mobile));
        body.put(field("referenceId", "reference_id"), instruction.reference());
        if (!instruction.narration().isEmpty()) {
            body.put("description", instruction.narration());
        }
        return new CreateRequest("POST", DISBURSEMENTS, Json.bytes(body));
    }

    private String phone(Recipient.MobileMoney mobile) {
        return settings.phoneForm() == WistfareSettings.PhoneForm.WITH_PLUS ? mobile.phone() : mobile.digits();
    }

    private String field(String camel, String snake) {
        return settings.wireCase() == WistfareSettings.WireCase.CAMEL ? camel : snake;
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        HttpCall call = authorized(HttpCall.of(request)).header("Content-Type", "application/json");
        return answers.toCreate(http.exchange(call), redaction.and(instruction.recipient()));
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        HttpCall question = authorized(HttpCall.get(DISBURSEMENTS + "/" + UrlText.encoded(reference)));
        return answers.toLookup(http.exchange(question), reference, redaction.and(instruction.recipient()));
    }

    /** Lists all disbursements, of any time: a filter is documented for collections only. */
    @Override
    public Answer<ListPage> list(ListQuestion question) {
        int page = question.page().map(Integer::parseInt).orElse(1);
        String path = DISBURSEMENTS + "?business_id=" + UrlText.encoded(settings.businessId()) + "&page=" + page
                + "&per_page=" + WistfareQuestions.PAGE_SIZE;
        return questions.list(http.exchange(authorized(HttpCall.get(path))), page);
    }

    @Override
    public Answer<ProviderFee> fee(Money amount, Recipient recipient) {
        Optional<WireCurrency> wire = capabilities.wire(amount.currency());
        if (!settings.feeQuestion() || wire.isEmpty()) {
            return new Answer.NotOffered<>();
        }
        Optional<String> objection = wire.get().objection(amount);
        if (objection.isPresent()) {
            return new Answer.Unavailable<>(Optional.empty(), objection.get());
        }
        ObjectNode body = Json.object();
        body.put("business_id", settings.businessId());
        body.put("amount", wire.get().toWire(amount).toPlainString());
        body.put("transaction_type", "disbursement");
        body.put("currency", amount.currency().code());
        return questions.fee(http.exchange(authorized(HttpCall.ask("/v1/fees/calculate", body))), amount);
    }

    @Override
    public Answer<Money> balance(Currency currency) {
        if (capabilities.wire(currency).isEmpty()) {
            return new Answer.NotOffered<>();
        }
        HttpCall question = HttpCall.get("/v1/wallets?wallet_id=" + UrlText.encoded(settings.walletId()));
        return questions.balance(http.exchange(authorized(question)));
    }

    @Override
    public WebhookNotice webhook(WebhookDelivery delivery) {
        boolean isStranger = settings.webhookSecret()
                .filter(shared -> !MessageDigest.isEqual(
                        shared.secret().bytes(),
                        delivery.header(shared.header()).orElse("").getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        if (isStranger) {
            return new WebhookNotice.Refused("without the secret that Wistfare's calls carry");
        }
        return Json.read(new String(delivery.body(), StandardCharsets.UTF_8))
                .filter(event -> event.path("event").asText().startsWith("disbursement."))
                .flatMap(WistfareProvider::hint)
                .orElse(new WebhookNotice.Refused("not readable as an event of a disbursement"));
    }

    /** Our own reference comes back too, by which a disbursement is found of which no answer came. */
    private static Optional<WebhookNotice> hint(JsonNode event) {
        Optional<String> reference = Json.reference(event.path("transaction_id"));
        Optional<String> ours = Json.reference(event.path("reference_id"));
        return reference.isEmpty() && ours.isEmpty()
                ? Optional.empty()
                : Optional.of(new WebhookNotice.Hint(reference, ours));
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
