package io.holdfast.ledger.postgres;

import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.Posting;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An entry whose postings are decided, before limits are asked. */
record Draft(EntryKind kind, Caption caption, List<Posting> postings, Optional<UUID> holdId, Optional<UUID> reverses) {

    Draft(EntryKind kind, Caption caption, List<Posting> postings) {
        this(kind, caption, postings, Optional.empty(), Optional.empty());
    }
}
