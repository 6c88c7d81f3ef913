package io.holdfast.provider;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A body that leaves at most once, and never again after somebody has concluded that it did not leave. Whatever the HTTP
 * client makes of the request, it cannot send it twice.
 */
final class SentOnce implements BodyPublisher {

    private enum State {
        UNTOUCHED,
        HANDED_OVER,
        SEALED
    }

    private final byte[] body;
    private final AtomicReference<State> state = new AtomicReference<>(State.UNTOUCHED);

    SentOnce(byte[] body) {
        this.body = body;
    }

    /** Keeps the body from leaving. Tells whether none of it has left. */
    boolean seal() {
        return state.compareAndSet(State.UNTOUCHED, State.SEALED) || state.get() == State.SEALED;
    }

    @Override
    public long contentLength() {
        return body.length;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Subscription() {

            private boolean over;

            @Override
            public void request(long count) {
                if (over) {
                    return;
                }
                over = true;
                if (state.compareAndSet(State.UNTOUCHED, State.HANDED_OVER)) {
                    subscriber.onNext(ByteBuffer.wrap(body));
                    subscriber.onComplete();
                } else {
                    subscriber.onError(new IOException("this body does not leave a second time"));
                }
            }

            @Override
            public void cancel() {
                over = true;
            }
        });
    }
}
