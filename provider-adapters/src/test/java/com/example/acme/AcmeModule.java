package com.example.acme;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import io.holdfast.payout.spi.PayoutProvider;
import java.net.URI;
import java.time.Duration;

/** Adds Acme Pay to the providers of the host's payouts. */
public final class AcmeModule extends AbstractModule {

    private final URI baseUrl;
    private final String apiKey;

    /** Reaches Acme Pay there, with this key. */
    public AcmeModule(URI baseUrl, String apiKey) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), PayoutProvider.class)
                .addBinding()
                .toInstance(new AcmeProvider(baseUrl, apiKey, Duration.ofSeconds(10)));
    }
}
