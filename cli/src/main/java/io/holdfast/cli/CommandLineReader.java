package io.holdfast.cli;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Reversal;
import io.holdfast.ledger.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the commands of {@code post --file}: one JSON object becomes one command. */
final class CommandLineReader {

    private static final String DEFAULT_OPERATION = "post";
    private static final String GROUP = "group";

    private final Amounts amounts;

    CommandLineReader(Amounts amounts) {
        this.amounts = amounts;
    }

    /**
     * Reads a command, or a group of them.
     *
     * @throws IllegalArgumentException if it is not well-formed
     */
    Command read(JsonObject line) {
        if (!GROUP.equals(line.optionalText("op").orElse(DEFAULT_OPERATION))) {
            return keyed(line);
        }
        List<KeyedCommand> commands = new ArrayList<>();
        for (JsonObject member : line.objects("commands")) {
            commands.add(member(commands.size(), member));
        }
        line.refuseOthers();
        return new CommandGroup(commands);
    }

    private KeyedCommand member(int index, JsonObject member) {
        try {
            return keyed(member);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Command " + index + " of the group: " + e.getMessage(), e);
        }
    }

    private KeyedCommand keyed(JsonObject line) {
        String operation = line.optionalText("op").orElse(DEFAULT_OPERATION);
        Key key = Key.of(line.text("key"));
        Details details = details(line);
        KeyedCommand command = switch (operation) {
            case DEFAULT_OPERATION -> new JournalEntry(key, details, postings(line));
            case "hold" -> hold(key, details, line);
            case "commit" ->
                new HoldCommit(key, details, holdReference(line), postings(line), line.optionalFlag("final"));
            case "release" -> new HoldRelease(key, details, holdReference(line));
            case "reverse" -> reversal(key, details, line);
            case GROUP -> throw new IllegalArgumentException("A group cannot hold a group");
            default ->
                throw new IllegalArgumentException("Field \"op\" is \"" + Excerpts.of(operation, 30)
                        + "\", not one of post, hold, commit, release, reverse, group");
        };
        line.refuseOthers();
        return command;
    }

    private static Details details(JsonObject line) {
        Details details = Details.NONE
                .describedAs(line.optionalText("description").orElse(""))
                .withMetadata(
                        line.optionalObject("metadata").map(JsonObject::texts).orElseGet(Details.NONE::metadata));
        return line.optionalText("effectiveOn")
                .map(Dates::date)
                .map(details::effectiveOn)
                .orElse(details);
    }

    private HoldRequest hold(Key key, Details details, JsonObject line) {
        Money amount = money(line.object("amount"));
        return new HoldRequest(
                key,
                details,
                Account.of(line.text("account"), amount.currency()),
                amount,
                line.optionalText("expiresAt").map(Dates::instant));
    }

    private Reversal reversal(Key key, Details details, JsonObject line) {
        EntryReference entry = EntryReference.of(Key.of(line.text("entryKey")));
        Optional<Money> amount = line.optionalObject("amount").map(this::money);
        return new Reversal(key, details, entry, amount, postings(line));
    }

    private static HoldReference holdReference(JsonObject line) {
        return HoldReference.of(Key.of(line.text("holdKey")));
    }

    private List<Posting> postings(JsonObject line) {
        return line.objects("postings").stream().map(this::posting).toList();
    }

    private Posting posting(JsonObject posting) {
        Money amount = money(posting.object("amount"));
        Posting read = new Posting(
                Account.of(posting.text("account"), amount.currency()),
                side(posting.text("side")),
                Part.AVAILABLE,
                amount,
                posting.optionalText("description").orElse(""));
        posting.refuseOthers();
        return read;
    }

    private Money money(JsonObject amount) {
        Money money = Money.of(amounts.currency(amount.text("currency")), amount.text("value"));
        amount.refuseOthers();
        return money;
    }

    private static Side side(String word) {
        return switch (word) {
            case "debit" -> Side.DEBIT;
            case "credit" -> Side.CREDIT;
            default ->
                throw new IllegalArgumentException(
                        "Field \"side\" is \"" + Excerpts.of(word, 30) + "\", not debit or credit");
        };
    }
}
