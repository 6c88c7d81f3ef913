package io.holdfast.payout.engine;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Availability;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls providers. The one place that catches what an adapter throws: then, or if it returns null, nothing is known. */
final class ProviderCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderCalls.class);

    private final Gate gate;
    private final PayoutProvider provider;

    ProviderCalls(Gate gate) {
        this.gate = gate;
        this.provider = gate.provider();
    }

    Preparation prepare(PayoutInstruction instruction) {
        gate.countOneMore();
        Preparation preparation = guarded(
                provider,
                Optional.of(instruction.recipient()),
                () -> provider.prepare(instruction),
                thrown -> new Preparation.Postponed(Optional.empty(), thrown, Evidence.NONE));
        if (preparation instanceof Preparation.Postponed postponed) {
            postponed.retryAfter().ifPresent(gate::pause);
        }
        return preparation;
    }

    /** Returns the create's bytes, or why it cannot be written; nothing is sent here. */
    Written create(PayoutInstruction instruction, Preparation.Ready preparation) {
        return guarded(
                provider,
                Optional.of(instruction.recipient()),
                () -> new Written.Request(provider.create(instruction, preparation)),
                thrown -> new Written.Impossible(new Outcome.Rejected(FailureReason.OTHER, "", thrown, Evidence.NONE)));
    }

    /** Asks an adapter itself, which calls nobody; one that fails pays this recipient nothing. */
    static Optional<Objection> objection(PayoutProvider provider, Money amount, Recipient recipient) {
        return guarded(
                provider,
                Optional.of(recipient),
                () -> provider.objection(amount, recipient),
                thrown -> Optional.of(new Objection(FailureReason.OTHER, thrown)));
    }

    Outcome send(PayoutInstruction instruction, CreateRequest request) {
        return heeded(guarded(
                provider,
                Optional.of(instruction.recipient()),
                () -> provider.send(instruction, request),
                Outcome.Unknown::of));
    }

    Outcome lookup(PayoutInstruction instruction, String reference) {
        return heeded(guarded(
                provider,
                Optional.of(instruction.recipient()),
                () -> provider.lookup(instruction, reference),
                Outcome.Unknown::of));
    }

    /** Reads a provider's call to us, which calls nobody. */
    static WebhookNotice webhook(PayoutProvider provider, WebhookDelivery delivery) {
        return guarded(provider, Optional.empty(), () -> provider.webhook(delivery), WebhookNotice.Refused::new);
    }

    Answer<ListPage> list(ListQuestion question) {
        return answer(Optional.empty(), () -> provider.list(question));
    }

    Answer<ProviderFee> fee(Money amount, Recipient recipient) {
        return answer(Optional.of(recipient), () -> provider.fee(amount, recipient));
    }

    Answer<Money> balance(Currency currency) {
        return answer(Optional.empty(), () -> provider.balance(currency));
    }

    Answer<Availability> availability() {
        return answer(Optional.empty(), provider::availability);
    }

    private <T> Answer<T> answer(Optional<Recipient> recipient, Supplier<Answer<T>> question) {
        gate.countOneMore();
        Answer<T> answer =
                guarded(provider, recipient, question, thrown -> new Answer.Unavailable<>(Optional.empty(), thrown));
        if (answer instanceof Answer.Unavailable<T> unavailable) {
            unavailable.retryAfter().ifPresent(gate::pause);
        }
        return answer;
    }

    private Outcome heeded(Outcome outcome) {
        if (outcome instanceof Outcome.NotExecuted notExecuted) {
            notExecuted.retryAfter().ifPresent(gate::pause);
        }
        return outcome;
    }

    private static <T> T guarded(
            PayoutProvider provider, Optional<Recipient> recipient, Supplier<T> call, Function<String, T> otherwise) {
        try {
            return Objects.requireNonNull(call.get(), "it returned null");
        } catch (Exception | LinkageError | AssertionError thrown) {
            // Adapters in other languages throw checked exceptions too. A class that is missing and an assertion that
            // fails are defects of the adapter as well; what the machine lacks is not.
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // The message may hold what was sent: it is shown masked, or where there is nothing to mask by not at all.
            String what = recipient
                    .map(masked -> Masking.mask(thrown.toString(), masked))
                    .orElse(thrown.getClass().getName());
            RuntimeException shown = new IllegalStateException(what);
            shown.setStackTrace(thrown.getStackTrace());
            LOG.error("The adapter of provider {} failed", provider.name(), shown);
            return otherwise.apply("The adapter failed: " + what);
        }
    }

    /** What came of writing a create. */
    sealed interface Written {

        /** It can be sent. */
        record Request(CreateRequest create) implements Written {

            /** Refuses what an adapter may return that is compiled without a check for null. */
            public Request {
                Objects.requireNonNull(create, "it returned null");
            }
        }

        /** It cannot be written, now or ever. */
        record Impossible(Outcome.Rejected why) implements Written {}
    }
}
