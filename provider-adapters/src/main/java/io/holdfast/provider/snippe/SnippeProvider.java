package io.holdfast.provider.snippe;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
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
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.HttpCall;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.UrlText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Snippe, which pays TZS to mobile money and banks in Tanzania. Its fee comes on top. A create may be sent again under
 * its key for 24 hours; after that its list, which echoes our ids, tells what became of it.
 *
 * <p>Safe for use by any number of threads. It starts the threads of the JDK's HTTP client and no others.
 */
public final class SnippeProvider implements PayoutProvider {

    private static final String NAME = "snippe";
    private static final Duration KEY_WINDOW = Duration.ofHours(24);
    private static final RateLimit RATE = new RateLimit(60, Duration.ofMinutes(1));

    private final SnippeSettings settings;
    private final Capabilities capabilities;
    private final BoundedHttp http;
    private final Redaction redaction;
    private final SnippeCreate create;
    private final SnippeAnswers answers;
    private final SnippeQuestions questions;
    private final SnippeWebhooks webhooks;

    /**
     * Reaches Snippe with these settings; asks nothing yet.
     *
     * @throws IllegalArgumentException if the exchange's bound is none that can be kept
     * @throws IllegalStateException if the JVM was told to repeat requests on its own
     */
    public SnippeProvider(SnippeSettings settings) {
        this.settings = settings;
        this.http = new BoundedHttp(settings.baseUrl(), settings.exchangeTimeout());
        this.redaction = Redaction.of(Stream.concat(Stream.of(settings.apiKey()), settings.webhookSecret().stream())
                .toList());
        this.create = new SnippeCreate(settings);
        this.answers = new SnippeAnswers(settings);
        this.questions = new SnippeQuestions(settings, redaction);
        this.webhooks = new SnippeWebhooks(settings, redaction);
        this.capabilities = Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Text(settings.keyLengthMax()))
                .channels(Channel.MOBILE_MONEY, Channel.BANK)
                .currencies(List.of(settings.shilling()))
                .resend(Resend.within(KEY_WINDOW))
                .features(
                        Feature.ECHOES_REFERENCE,
                        Feature.METADATA,
                        Feature.LIST,
                        Feature.FEE,
                        Feature.BALANCE,
                        Feature.REVERSALS,
                        Feature.WEBHOOK_SIGNED)
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
        return create.objection(recipient);
    }

    @Override
    public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
        return create.write(instruction);
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        if (instruction.key().length() > settings.keyLengthMax()) {
            return new Outcome.NotSent("the key has " + instruction.key().length() + " characters, Snippe takes "
                    + settings.keyLengthMax());
        }
        HttpCall call = authorized(HttpCall.of(request))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", instruction.key());
        return answers.toCreate(http.exchange(call), redaction.and(instruction.recipient()));
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        HttpCall question = get("/payouts/" + UrlText.encoded(reference));
        return answers.toLookup(http.exchange(question), reference, redaction.and(instruction.recipient()));
    }

    /** Lists all payouts, of any time; Snippe does not say in which order. */
    @Override
    public Answer<ListPage> list(ListQuestion question) {
        int offset = question.page().map(Integer::parseInt).orElse(0);
        String path = "/payouts?limit=" + SnippeQuestions.PAGE_SIZE + "&offset=" + offset;
        return questions.list(http.exchange(get(path)), offset);
    }

    @Override
    public Answer<ProviderFee> fee(Money amount, Recipient recipient) {
        Optional<WireCurrency> wire = capabilities.wire(amount.currency());
        if (wire.isEmpty()) {
            return new Answer.NotOffered<>();
        }
        Optional<String> objection = wire.get().objection(amount);
        if (objection.isPresent()) {
            return new Answer.Unavailable<>(Optional.empty(), objection.get());
        }
        String path = "/payouts/fee?amount=" + wire.get().toWireUnits(amount);
        return questions.fee(http.exchange(get(path)), amount);
    }

    @Override
    public Answer<Money> balance(Currency currency) {
        return capabilities.wire(currency).isPresent()
                ? questions.balance(http.exchange(get("/payments/balance")), currency)
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
        return authorized(HttpCall.get(settings.pathPrefix() + path));
    }

    private HttpCall authorized(HttpCall call) {
        HttpCall known = call.header("Accept", "application/json")
                .header("Authorization", "Bearer " + settings.apiKey().value());
        return settings.apiVersion()
                .map(version -> known.header("Snippe-Version", version))
                .orElse(known);
    }
}
