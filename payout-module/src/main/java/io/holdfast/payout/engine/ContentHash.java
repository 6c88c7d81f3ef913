package io.holdfast.payout.engine;

import io.holdfast.payout.spi.Recipient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an approval is bound to: amount, fee, recipient and the list of permitted routes. The database computes the same
 * with {@code holdfast.payout_content_hash} and refuses an approval of anything else.
 */
final class ContentHash {

    private ContentHash() {}

    static byte[] of(Intent intent) {
        Recipient recipient = intent.recipient();
        List<String> fields = new ArrayList<>(List.of(
                intent.amount().currency().code(),
                intent.amount().minor().toString(),
                intent.fee().minor().toString(),
                recipient.channel().name(),
                recipient.address(),
                recipient.name(),
                Recipients.bank(recipient).orElse(""),
                Recipients.operator(recipient).orElse("")));
        fields.addAll(intent.routes());
        String text = fields.stream().map(ContentHash::measured).collect(Collectors.joining(","));
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java platform has SHA-256", e);
        }
    }

    /** Returns a field behind its length, so that no two contents are written alike. */
    private static String measured(String field) {
        return field.getBytes(StandardCharsets.UTF_8).length + ":" + field;
    }
}
