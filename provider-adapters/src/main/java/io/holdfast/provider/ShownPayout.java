package io.holdfast.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Times;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.UnreadPayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A payout as a provider shows it: in the answer to a create, when asked, in its list and in its calls to us. */
public interface ShownPayout {

    /** Returns under which name the provider is asked about it, if it can be read. */
    Optional<String> reference();

    /** Returns our own reference, if the provider echoes it. */
    default Optional<String> ourReference() {
        return Optional.empty();
    }

    /** Returns what it pays, not below zero; absent if that cannot be read. */
    Optional<Money> amount();

    /** Returns the recipient's number. */
    Optional<String> address();

    /** Returns when the provider recorded it. */
    Optional<Instant> createdAt();

    /** Returns what the provider charges us for it. */
    Figure fee();

    /** Returns what reaches the recipient. */
    default Figure received() {
        return Figure.NONE;
    }

    /** Returns what it tells beside how it stands. */
    Particulars particulars();

    /** Returns how a payout with this reference stands. A status that is on no table proves nothing. */
    Outcome standing(String reference, Evidence evidence);

    /**
     * Returns how it stands. A fee that cannot be read as money changes nothing about that; but as it is then not booked, a
     * person is told of it.
     */
    default Outcome outcome(String reference, Evidence evidence) {
        String unread = Stream.of(fee(), received())
                .flatMap(figure -> figure.objection().stream())
                .collect(Collectors.joining("; "));
        return standing(
                reference,
                unread.isEmpty() ? evidence : evidence.alert(redaction().clean(unread)));
    }

    /** The same, shown by an event of this time: of what failed or came back nothing else may tell when. */
    default Outcome outcome(String reference, Evidence evidence, Optional<Instant> event) {
        Outcome told = outcome(reference, evidence);
        if (event.isPresent() && told.at().isEmpty() && told instanceof Outcome.Failed failed) {
            return failed.at(event.get());
        }
        return event.isPresent() && told.at().isEmpty() && told instanceof Outcome.Reversed reversed
                ? reversed.at(event.get())
                : told;
    }

    /** Returns what hides the recipient that it names, and what had to be hidden before. */
    Redaction redaction();

    /** Returns amount, fee, recipient and reference of ours, as far as they can be read. */
    default Particulars basics() {
        Particulars told = Particulars.NONE;
        told = amount().map(told::amount).orElse(told);
        told = fee().money().map(told::chargedFee).orElse(told);
        told = received().money().map(told::received).orElse(told);
        told = address().map(told::recipient).orElse(told);
        return ourReference().map(told::reference).orElse(told);
    }

    /** Returns what of that by which payouts are told apart cannot be read. */
    default UnreadPayout unread() {
        List<String> lacking = new ArrayList<>();
        if (reference().isEmpty()) {
            lacking.add("reference");
        }
        if (amount().isEmpty()) {
            lacking.add("amount");
        }
        if (listedAt().isEmpty()) {
            lacking.add("time");
        }
        return new UnreadPayout(
                reference().map(redaction()::clean),
                listedAt(),
                "no " + String.join(" and no ", lacking) + " can be read of it");
    }

    /** Returns it as part of a list; nothing if it lacks what payouts are told apart by. */
    default Optional<ListedPayout> listed(JsonNode item) {
        return reference()
                .flatMap(reference -> amount().flatMap(amount -> listedAt()
                        .map(at -> new ListedPayout(
                                reference,
                                amount,
                                address(),
                                at,
                                ourReference(),
                                outcome(reference, redaction().evidence(item.toString()))))));
    }

    private Optional<Instant> listedAt() {
        return createdAt().filter(Times::areKept);
    }
}
