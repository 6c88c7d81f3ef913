package io.holdfast.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.ledger.Money;
import java.util.Optional;

/**
 * What a provider tells of a payout's money beside the amount: its fee, or what reaches the recipient. A percentage of an
 * amount in a currency without decimals may be told with a fraction, which is no money: it is never rounded.
 *
 * @param name what it is, for a person
 * @param told what stands there; absent if nothing does
 * @param money what is told, not below zero; absent if it cannot be read as money
 */
public record Figure(String name, Optional<String> told, Optional<Money> money) {

    /** Nothing told. */
    public static final Figure NONE = new Figure("", Optional.empty(), Optional.empty());

    /**
     * Returns a figure as a provider writes it. An empty object or text tells nothing.
     *
     * @param node what stands there
     * @param read what that is as money; absent if it is none
     */
    public static Figure of(String name, JsonNode node, Optional<Money> read) {
        Optional<String> told = Optional.of(node.isContainerNode() ? node.toString() : node.asText())
                .filter(text -> !node.isMissingNode() && !node.isNull() && !text.isBlank() && !text.equals("{}"));
        return new Figure(name, told, read.filter(money -> !money.isNegative()));
    }

    /** Returns what a person is to be told of a figure that is no money; nothing if it is some, or is not told. */
    public Optional<String> objection() {
        return told.filter(text -> money.isEmpty())
                .map(text -> "its " + name + " " + text + " cannot be read as money");
    }
}
