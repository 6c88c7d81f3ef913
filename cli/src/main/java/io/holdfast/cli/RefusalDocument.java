package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AnyRefusal;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.Key;
import java.lang.reflect.RecordComponent;

/** Writes refusals down for scripts: the rule's name, the refusal's own fields, and its message. */
final class RefusalDocument {

    private RefusalDocument() {}

    /** Returns the document of a command that was refused: {@code {"refused":"INSUFFICIENT_FUNDS",...,"message":...}}. */
    static Document of(AnyRefusal refusal) {
        return new Document()
                .with("refused", refusal.code())
                .withAll(fields(refusal))
                .with("message", refusal.message());
    }

    /** Returns the refusal's own fields: the components of its record, accounts and references taken apart. */
    static Document fields(AnyRefusal refusal) {
        Document document = new Document();
        for (RecordComponent component : refusal.getClass().getRecordComponents()) {
            put(document, component.getName(), value(component, refusal));
        }
        return document;
    }

    private static void put(Document document, String name, Object value) {
        if (value instanceof Account account) {
            document.with(name, account.path()).with("currency", account.currency());
        } else if (value instanceof HoldReference.ByKey hold) {
            document.with("holdKey", hold.key());
        } else if (value instanceof EntryReference.ByKey entry) {
            document.with("entryKey", entry.key());
        } else if (value instanceof Key key) {
            document.with(name, key.value());
        } else {
            document.with(name, value);
        }
    }

    private static Object value(RecordComponent component, AnyRefusal refusal) {
        try {
            return component.getAccessor().invoke(refusal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A refusal is a public record, and " + refusal.getClass() + " is not", e);
        }
    }
}
