package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.TZS;

import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WireCurrency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a {@link ModelBank} promises: whether it knows keys, and for how long, whether it lists, echoes and quotes. */
record ModelContract(boolean knowsKeys, Capabilities capabilities) {

    static final Duration WINDOW = Duration.ofDays(1);

    private static final int ECHOES = 2;

    static ModelContract any(ModelBank.Manner manner, Random random) {
        boolean knowsKeys = random.nextBoolean();
        int choice = manner == ModelBank.Manner.PAYING_TWICE ? ECHOES : random.nextInt(ECHOES + 1);
        List<Feature> features = new ArrayList<>(List.of(Feature.REVERSALS));
        if (choice > 0) {
            features.add(Feature.LIST);
        }
        if (choice == ECHOES) {
            features.add(Feature.ECHOES_REFERENCE);
        }
        if (random.nextInt(3) == 0) {
            features.add(Feature.PREPARATION);
        }
        return new ModelContract(
                knowsKeys,
                Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Text(30))
                        .channels(Channel.MOBILE_MONEY)
                        .currencies(List.of(WireCurrency.of(TZS, 0)))
                        .resend(knowsKeys ? Resend.within(WINDOW) : Resend.NEVER)
                        .features(features.toArray(Feature[]::new))
                        .build());
    }
}
