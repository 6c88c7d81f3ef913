package io.holdfast.cli;

import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import java.util.ArrayList;
import java.util.List;

/** Writes down what became of a command: the result line of {@code post --file}. */
final class ResultDocument {

    private ResultDocument() {}

    /** Returns the result line of a command that may have a key of its own. */
    static Document of(Document head, Result result) {
        if (result instanceof Result.Recorded recorded) {
            return entry(head, "recorded", recorded.entry());
        }
        if (result instanceof Result.Replayed replayed) {
            return entry(head, "replayed", replayed.entry());
        }
        if (result instanceof Result.Refused refused) {
            return refusal(head, new Document(), refused.refusal());
        }
        if (result instanceof Result.GroupRefused refused) {
            return refusal(head, new Document().with("command", refused.command()), refused.refusal());
        }
        return group(head, (Result.GroupRecorded) result);
    }

    /** Returns the result line of what is no well-formed command. */
    static Document invalid(Document head, String message) {
        return head.with("result", "invalid").with("message", message);
    }

    /** Tells whether the command was carried out, now or before. */
    static boolean isDone(Result result) {
        return !(result instanceof Result.Refused) && !(result instanceof Result.GroupRefused);
    }

    /** Returns the lines that tell a person what to keep of a command that was carried out. */
    static String receipt(Document result) {
        StringBuilder lines = new StringBuilder();
        for (String name : List.of("hold", "entry", "hash")) {
            Object value = result.fields().get(name);
            if (value != null) {
                lines.append(String.format("  %-6s %s%n", name, value));
            }
        }
        return lines.toString();
    }

    private static Document entry(Document head, String result, RecordedEntry entry) {
        head.with("result", result).with("entry", entry.id()).with("hash", entry.hash());
        if (entry.kind() == EntryKind.HOLD) {
            entry.holdId().ifPresent(hold -> head.with("hold", hold));
        }
        return head;
    }

    private static Document group(Document head, Result.GroupRecorded group) {
        List<Document> results = new ArrayList<>();
        for (Result member : group.results()) {
            results.add(of(new Document().with("key", key(member)), member));
        }
        return head.with("result", group.isReplayed() ? "replayed" : "recorded").with("results", results);
    }

    private static String key(Result member) {
        if (member instanceof Result.Recorded recorded) {
            return recorded.entry().key().value();
        }
        return ((Result.Replayed) member).entry().key().value();
    }

    private static Document refusal(Document head, Document member, Refusal refusal) {
        if (refusal instanceof Refusal.Malformed) {
            return invalid(head, refusal.message());
        }
        return head.with("result", "refused")
                .withAll(member)
                .with("refusal", refusal.code())
                .withAll(RefusalDocument.fields(refusal))
                .with("message", refusal.message());
    }
}
