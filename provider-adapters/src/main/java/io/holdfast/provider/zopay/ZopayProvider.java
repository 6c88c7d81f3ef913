package io.holdfast.provider.zopay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.HttpCall;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.ListedItems;
import io.holdfast.provider.MobileNumbers;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.UrlText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Zopay, which pays XAF to MTN and Orange in Cameroon, each payout quoted first. Its fees come on top. The same quote and
 * key may be executed again, newly signed, while the quote lives; for how long Zopay remembers a key no document says, so
 * after that only its list, which does not echo our key, is left.
 *
 * <p>What we have prefunded is not asked for: how to be let in there is not documented.
 *
 * <p>Safe for use by any number of threads. It starts the threads of the JDK's HTTP client and no others.
 */
public final class ZopayProvider implements PayoutProvider {

    private static final String NAME = "zopay";
    private static final String DISBURSEMENTS = "/api/v1/disbursements";
    private static final RateLimit RATE = new RateLimit(100, Duration.ofMinutes(1));
    private static final int PAGE_SIZE = 100;

    private final ZopaySettings settings;
    private final Capabilities capabilities;
    private final BoundedHttp http;
    private final Redaction redaction;
    private final MobileNumbers numbers = new MobileNumbers(Set.of("CM"));
    private final ZopaySigner signer;
    private final ZopayAnswers answers;
    private final ZopayQuote quotes;
    private final ZopayWebhooks webhooks;

    /**
     * Reaches Zopay with these settings; asks nothing yet.
     *
     * @throws IllegalArgumentException if the exchange's bound is none that can be kept
     * @throws IllegalStateException if the JVM was told to repeat requests on its own
     */
    public ZopayProvider(ZopaySettings settings) {
        this.settings = settings;
        this.http = new BoundedHttp(settings.baseUrl(), settings.exchangeTimeout());
        this.redaction = Redaction.of(Stream.concat(
                        Stream.of(settings.apiKey(), settings.secret()),
                        settings.webhook().map(ZopaySettings.Webhook::secret).stream())
                .toList());
        this.signer = new ZopaySigner(settings);
        this.answers = new ZopayAnswers(settings, signer);
        this.quotes = new ZopayQuote(settings, answers);
        this.webhooks = new ZopayWebhooks(settings, redaction);
        this.capabilities = Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Uuid())
                .channels(Channel.MOBILE_MONEY)
                .currencies(List.of(settings.franc()))
                .resend(Resend.within(ZopaySettings.QUOTE_LIFE_MAX))
                .features(Feature.PREPARATION, Feature.FEE, Feature.LIST, Feature.WEBHOOK_SIGNED)
                .rateLimit(RATE)
                .build();
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
        if (!(recipient instanceof Recipient.MobileMoney mobile)) {
            return Optional.empty();
        }
        Optional<Objection> objection = numbers.objection(mobile);
        return objection.isPresent() || ZopayGateways.of(mobile).isPresent()
                ? objection
                : Optional.of(new Objection(
                        FailureReason.INVALID_RECIPIENT,
                        "Phone number " + Masking.masked(mobile.phone())
                                + " is of no block that Zopay's gateways are known for; name the operator, mtn or"
                                + " orange"));
    }

    @Override
    public Preparation prepare(PayoutInstruction instruction) {
        return quoted(instruction.amount(), payable(instruction.amount(), instruction.recipient()));
    }

    /** Asks for a quote, which is how Zopay tells its fees; that it is not executed costs nothing. */
    @Override
    public Answer<ProviderFee> fee(Money amount, Recipient recipient) {
        Recipient.MobileMoney mobile;
        try {
            mobile = payable(amount, recipient);
        } catch (IllegalArgumentException impossible) {
            return new Answer.Unavailable<>(Optional.empty(), String.valueOf(impossible.getMessage()));
        }
        Preparation quote = quoted(amount, mobile);
        if (quote instanceof Preparation.Postponed postponed) {
            return new Answer.Unavailable<>(postponed.retryAfter(), postponed.detail());
        } else if (quote instanceof Preparation.Refused refused) {
            return new Answer.Unavailable<>(Optional.empty(), refused.detail());
        }
        Preparation.Ready ready = (Preparation.Ready) quote;
        return ready.fee()
                .<Answer<ProviderFee>>map(Answer.Told::new)
                .orElseGet(() -> new Answer.Unavailable<>(
                        Optional.empty(), ready.evidence().alert().orElse("a quote without a fee")));
    }

    private Preparation quoted(Money amount, Recipient.MobileMoney mobile) {
        ObjectNode body = Json.object();
        body.put("gateway", ZopayGateways.of(mobile).orElseThrow());
        body.put("transaction_type", "DISBURSEMENT");
        body.put("amount", settings.franc().toWire(amount).toPlainString());
        body.put("currency", amount.currency().code());
        body.putObject("recipient").put("msisdn", mobile.phone());
        HttpCall question = signer.signed(HttpCall.ask(DISBURSEMENTS + "/quote", body));
        return quotes.read(http.exchange(question), amount, redaction.and(mobile));
    }

    /** Returns the execution of the quote that the preparation brought. */
    @Override
    public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
        Recipient.MobileMoney mobile = payable(instruction.amount(), instruction.recipient());
        if (preparation.memo().isEmpty()) {
            throw new IllegalArgumentException("Zopay executes nothing that it has not quoted");
        }
        ObjectNode body = Json.object();
        body.put("quote_id", preparation.memo());
        body.put("idempotency_key", instruction.key());
        body.putObject("recipient").put("msisdn", mobile.phone());
        return new CreateRequest("POST", DISBURSEMENTS + "/execute", Json.bytes(body));
    }

    private Recipient.MobileMoney payable(Money amount, Recipient recipient) {
        Optional<String> objection = capabilities
                .objection(amount, recipient)
                .or(() -> objection(amount, recipient))
                .map(Objection::detail);
        if (objection.isEmpty() && recipient instanceof Recipient.MobileMoney mobile) {
            return mobile;
        }
        throw new IllegalArgumentException("Zopay cannot be told to pay: " + objection.orElse("not mobile money"));
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        HttpCall call = signer.signed(HttpCall.of(request)).header("Content-Type", "application/json");
        return answers.toCreate(http.exchange(call), redaction.and(instruction.recipient()));
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        HttpCall question = signer.signed(HttpCall.get(DISBURSEMENTS + "/" + UrlText.encoded(reference)));
        return answers.toLookup(http.exchange(question), reference, redaction.and(instruction.recipient()));
    }

    @Override
    public Answer<ListPage> list(ListQuestion question) {
        int offset = question.page().map(Integer::parseInt).orElse(0);
        String path = DISBURSEMENTS + "?limit=" + PAGE_SIZE + "&offset=" + offset
                + "&startDate=" + UrlText.encoded(question.from().toString())
                + "&endDate=" + UrlText.encoded(question.to().toString());
        HttpResult result = http.exchange(signer.signed(HttpCall.get(path)));
        return new Reading(result, redaction)
                .ofQuestion(
                        ZopayAnswers::wait, answer -> Json.read(answer.text()).flatMap(root -> page(root, offset)));
    }

    private Optional<ListPage> page(JsonNode root, int offset) {
        JsonNode items = root.path("payouts");
        if (!items.isArray()) {
            return Optional.empty();
        }
        ListedItems listed = new ListedItems();
        items.forEach(item -> listed.add(item, new ZopayPayout(item, settings, redaction)));
        boolean more = items.size() > 0 && root.path("hasMore").asBoolean(items.size() >= PAGE_SIZE);
        return Optional.of(listed.page(more ? Optional.of(Integer.toString(offset + items.size())) : Optional.empty()));
    }

    @Override
    public WebhookNotice webhook(WebhookDelivery delivery) {
        return webhooks.read(delivery);
    }

    /** Returns the provider's name; its settings hold secrets. */
    @Override
    public String toString() {
        return NAME;
    }
}
