package io.holdfast.provider.rohopay;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.HttpCall;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.UrlText;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * RohoPay, which pays UGX, RWF and, once configured, KES and TZS to mobile money. A create may be sent again under its key
 * for 24 hours; after that its list, which does not echo our reference, is all there is.
 *
 * <p>RohoPay turns to a second operator on its own when the first does not answer in time, which may pay twice. Such
 * payouts carry {@link io.holdfast.payout.spi.Particulars#risk}.
 *
 * <p>Safe for use by any number of threads. It starts the threads of the JDK's HTTP client and no others.
 */
public final class RohoPayProvider implements PayoutProvider {

    private static final String NAME = "rohopay";
    private static final Duration KEY_WINDOW = Duration.ofHours(24);
    private static final RateLimit RATE = new RateLimit(100, Duration.ofMinutes(1));
    private static final String TRANSACTIONS = "/api/v1/transactions";

    private final RohoPaySettings settings;
    private final Capabilities capabilities;
    private final BoundedHttp http;
    private final Redaction redaction;
    private final RohoPayCreate create;
    private final RohoPayAnswers answers;
    private final RohoPayQuestions questions;
    private final RohoPayWebhooks webhooks;

    /**
     * Reaches RohoPay with these settings; asks nothing yet.
     *
     * @throws IllegalArgumentException if the exchange's bound is none that can be kept
     * @throws IllegalStateException if the JVM was told to repeat requests on its own
     */
    public RohoPayProvider(RohoPaySettings settings) {
        this.settings = settings;
        this.http = new BoundedHttp(settings.baseUrl(), settings.exchangeTimeout());
        this.redaction = Redaction.of(Stream.concat(Stream.of(settings.apiKey()), settings.webhookSecret().stream())
                .toList());
        this.create = new RohoPayCreate(settings);
        this.answers = new RohoPayAnswers(settings);
        this.questions = new RohoPayQuestions(settings, redaction);
        this.webhooks = new RohoPayWebhooks(settings, redaction);
        this.capabilities = Capabilities.builder(settings.feeMode(), new KeyFormat.Uuid())
                .channels(Channel.MOBILE_MONEY)
                .currencies(settings.currencies())
                .resend(Resend.within(KEY_WINDOW))
                .features(Feature.LIST, Feature.BALANCE, Feature.WEBHOOK_SIGNED)
                .rateLimit(RATE)
                .environment(settings.isTest() ? Environment.TEST : Environment.LIVE)
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
        return create.objection(amount, recipient);
    }

    @Override
    public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
        return create.write(instruction);
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        HttpCall call = authorized(HttpCall.of(request))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", instruction.key());
        return answers.toCreate(http.exchange(call), redaction.and(instruction.recipient()));
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        HttpCall question = get(TRANSACTIONS + "/" + UrlText.encoded(reference));
        return answers.toLookup(http.exchange(question), reference, redaction.and(instruction.recipient()));
    }

    @Override
    public Answer<ListPage> list(ListQuestion question) {
        int offset = question.page().map(Integer::parseInt).orElse(0);
        String path = TRANSACTIONS + "?type=disbursement&environment=" + settings.environment()
                + "&from=" + UrlText.encoded(question.from().toString())
                + "&to=" + UrlText.encoded(question.to().toString())
                + "&limit=" + RohoPayQuestions.PAGE_SIZE + "&offset=" + offset;
        return questions.list(http.exchange(get(path)), offset);
    }

    @Override
    public Answer<Money> balance(Currency currency) {
        return capabilities.wire(currency).isPresent()
                ? questions.balance(http.exchange(get("/api/v1/wallet/balance")), currency)
                : new Answer.NotOffered<>();
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

    private HttpCall get(String path) {
        return authorized(HttpCall.get(path));
    }

    private HttpCall authorized(HttpCall call) {
        return call.header("Accept", "application/json")
                .header("Authorization", "Bearer " + settings.apiKey().value());
    }
}
