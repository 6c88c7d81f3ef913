package io.holdfast.payout.engine;

import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls providers. The one place that catches what an adapter throws: then nothing is known. */
final class ProviderCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderCalls.class);

    private final PayoutProvider provider;

    ProviderCalls(PayoutProvider provider) {
        this.provider = provider;
    }

    Preparation prepare(PayoutInstruction instruction) {
        return guarded(
                () -> provider.prepare(instruction),
                thrown -> new Preparation.Postponed(Optional.empty(), thrown, Evidence.NONE));
    }

    /** Returns the create's bytes, or why it cannot be written; nothing is sent here. */
    Written create(PayoutInstruction instruction, Preparation.Ready preparation) {
        return guarded(
                () -> new Written.Request(provider.create(instruction, preparation)),
                thrown -> new Written.Impossible(new Outcome.Rejected(FailureReason.OTHER, "", thrown, Evidence.NONE)));
    }

    Outcome send(PayoutInstruction instruction, CreateRequest request) {
        return guarded(() -> provider.send(instruction, request), Outcome.Unknown::of);
    }

    Outcome lookup(PayoutInstruction instruction, String reference) {
        return guarded(() -> provider.lookup(instruction, reference), Outcome.Unknown::of);
    }

    Answer<ListPage> list(ListQuestion question) {
        return guarded(() -> provider.list(question), thrown -> new Answer.Unavailable<>(Optional.empty(), thrown));
    }

    private <T> T guarded(Supplier<T> call, Function<String, T> otherwise) {
        try {
            return call.get();
        } catch (RuntimeException thrown) {
            LOG.error("The adapter of provider {} failed", provider.name(), thrown);
            return otherwise.apply("The adapter failed: " + thrown);
        }
    }

    /** What came of writing a create. */
    sealed interface Written {

        /** It can be sent. */
        record Request(CreateRequest create) implements Written {}

        /** It cannot be written, now or ever. */
        record Impossible(Outcome.Rejected why) implements Written {}
    }
}
