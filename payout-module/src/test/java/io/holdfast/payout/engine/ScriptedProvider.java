package io.holdfast.payout.engine;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.UnreadPayout;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.payout.spi.WireCurrency;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A provider that answers what a test tells it to, and remembers what it was sent. Never called with a connection out. */
final class ScriptedProvider implements PayoutProvider {

    static final Currency TZS = Currency.of("TZS");

    private final String name;
    private final Capabilities capabilities;
    private final Optional<CountingDataSource> connections;
    private final Deque<Supplier<Outcome>> sendAnswers = new ArrayDeque<>();
    private final Deque<Supplier<Outcome>> lookupAnswers = new ArrayDeque<>();
    private final Deque<Supplier<Preparation>> preparations = new ArrayDeque<>();
    private final Deque<Supplier<CreateRequest>> creates = new ArrayDeque<>();
    private final List<ListedPayout> listed = new ArrayList<>();
    private final List<UnreadPayout> unread = new ArrayList<>();
    private final Deque<Answer<ListPage>> pages = new ArrayDeque<>();
    private Runnable onListed = () -> {};
    private final Map<String, Supplier<WebhookNotice>> notices = new ConcurrentHashMap<>();
    private Function<Recipient, Optional<Objection>> objection = recipient -> Optional.empty();
    private Function<Money, Answer<ProviderFee>> fee = amount -> new Answer.NotOffered<>();
    private Duration exchangeTimeout = Duration.ofSeconds(10);
    private final List<CreateRequest> sends = Collections.synchronizedList(new ArrayList<>());
    private final List<PayoutInstruction> instructions = Collections.synchronizedList(new ArrayList<>());
    private final List<String> lookups = Collections.synchronizedList(new ArrayList<>());

    ScriptedProvider(
            String name, FeeMode feeMode, CountingDataSource connections, UnaryOperator<Capabilities.Builder> ways) {
        this.name = name;
        this.connections = Optional.of(connections);
        this.capabilities = ways.apply(Capabilities.builder(feeMode, new KeyFormat.Text(30))
                        .channels(Channel.MOBILE_MONEY)
                        .currencies(List.of(WireCurrency.of(TZS, 0)))
                        .resend(Resend.within(Duration.ofHours(24))))
                .build();
    }

    /** Says that a call may take so long. */
    ScriptedProvider exchangeTimeout(Duration value) {
        exchangeTimeout = value;
        return this;
    }

    synchronized ScriptedProvider onSend(Outcome... answers) {
        for (Outcome answer : answers) {
            sendAnswers.add(() -> answer);
        }
        return this;
    }

    synchronized ScriptedProvider onSendDo(Supplier<Outcome> answer) {
        sendAnswers.add(answer);
        return this;
    }

    synchronized ScriptedProvider onLookup(Outcome... answers) {
        for (Outcome answer : answers) {
            lookupAnswers.add(() -> answer);
        }
        return this;
    }

    synchronized ScriptedProvider onLookupDo(Supplier<Outcome> answer) {
        lookupAnswers.add(answer);
        return this;
    }

    synchronized ScriptedProvider onPrepare(Supplier<Preparation> answer) {
        preparations.add(answer);
        return this;
    }

    synchronized ScriptedProvider onCreate(Supplier<CreateRequest> answer) {
        creates.add(answer);
        return this;
    }

    /** Scripts what is read in a delivery with this body; any other is refused as not signed. */
    ScriptedProvider onWebhook(String body, WebhookNotice notice) {
        return onWebhook(body, () -> notice);
    }

    ScriptedProvider onWebhook(String body, Supplier<WebhookNotice> reading) {
        notices.put(body, reading);
        return this;
    }

    synchronized ScriptedProvider lists(ListedPayout payout) {
        listed.add(payout);
        return this;
    }

    /** Shows something in its list that cannot be read. */
    synchronized ScriptedProvider lists(UnreadPayout payout) {
        unread.add(payout);
        return this;
    }

    /** Scripts what happens while a page of the list is asked for. */
    synchronized ScriptedProvider onListWait(Runnable meanwhile) {
        onListed = meanwhile;
        return this;
    }

    /** Scripts the answers to questions about the list, whatever page is asked for; the last is given again and again. */
    synchronized ScriptedProvider onList(List<Answer<ListPage>> answers) {
        pages.clear();
        pages.addAll(answers);
        return this;
    }

    ScriptedProvider onFee(Function<Money, Answer<ProviderFee>> answer) {
        fee = answer;
        return this;
    }

    /** Scripts what shows, without asking anybody, to stand in the way of every instruction. */
    ScriptedProvider objects(Objection why) {
        return onObjection(recipient -> Optional.of(why));
    }

    ScriptedProvider onObjection(Function<Recipient, Optional<Objection>> answer) {
        objection = answer;
        return this;
    }

    List<CreateRequest> sends() {
        return List.copyOf(sends);
    }

    List<PayoutInstruction> instructions() {
        return List.copyOf(instructions);
    }

    List<String> lookups() {
        return List.copyOf(lookups);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Duration exchangeTimeout() {
        return exchangeTimeout;
    }

    @Override
    public Optional<Objection> objection(Money amount, Recipient recipient) {
        return objection.apply(recipient);
    }

    @Override
    public Preparation prepare(PayoutInstruction instruction) {
        assertNoConnectionIsOut();
        return next(preparations, () -> Preparation.NOTHING).get();
    }

    @Override
    public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
        return next(creates, () -> written(instruction, preparation)).get();
    }

    private static CreateRequest written(PayoutInstruction instruction, Preparation.Ready preparation) {
        return CreateRequest.post(
                "/payouts",
                "{\"amount\":" + instruction.amount().toDecimal().toBigInteger() + ",\"to\":\""
                        + instruction.recipient().address() + "\",\"reference\":\"" + instruction.reference()
                        + "\",\"memo\":\"" + preparation.memo() + "\""
                        + (instruction.metadata().isEmpty() ? "" : ",\"metadata\":" + instruction.metadata()) + "}");
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        assertNoConnectionIsOut();
        sends.add(request);
        instructions.add(instruction);
        return next(sendAnswers, () -> Outcome.Unknown.of("no answer was scripted"))
                .get();
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        assertNoConnectionIsOut();
        lookups.add(reference);
        return next(lookupAnswers, () -> Outcome.Unknown.of("no answer was scripted"))
                .get();
    }

    @Override
    public WebhookNotice webhook(WebhookDelivery delivery) {
        return Optional.ofNullable(notices.get(new String(delivery.body(), StandardCharsets.UTF_8)))
                .orElse(() -> new WebhookNotice.Refused("not signed"))
                .get();
    }

    @Override
    public synchronized Answer<ListPage> list(ListQuestion question) {
        assertNoConnectionIsOut();
        onListed.run();
        if (pages.isEmpty()) {
            return new Answer.Told<>(new ListPage(List.copyOf(listed), List.copyOf(unread), Optional.empty()));
        }
        return pages.size() == 1 ? pages.element() : pages.remove();
    }

    @Override
    public Answer<ProviderFee> fee(Money amount, Recipient recipient) {
        assertNoConnectionIsOut();
        return fee.apply(amount);
    }

    private synchronized <T> Supplier<T> next(Deque<Supplier<T>> script, Supplier<T> otherwise) {
        return Optional.ofNullable(script.poll()).orElse(otherwise);
    }

    private void assertNoConnectionIsOut() {
        connections.ifPresent(source -> {
            if (source.heldByThisThread() != 0) {
                throw new ConnectionOut(source.heldByThisThread());
            }
        });
    }

    /** The engine's own breach, which is not to be taken for a defect of the adapter: nothing catches it. */
    private static final class ConnectionOut extends Error {

        private static final long serialVersionUID = 1L;

        ConnectionOut(long count) {
            super(count + " connections are out while the provider is called");
        }
    }
}
