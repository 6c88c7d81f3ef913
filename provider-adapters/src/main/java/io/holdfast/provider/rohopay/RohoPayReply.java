package io.holdfast.provider.rohopay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.holdfast.provider.Complaint;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import java.util.Optional;

/**
 * An answer of RohoPay's own, taken out of its envelope: {@code {"success":true,"data":...}} or {@code
 * {"success":false,"error":...}}.
 *
 * @param data what a success tells; missing in an error
 * @param error what went wrong; absent in a success
 * @param namesTransaction whether an error names a transaction, which then exists
 */
record RohoPayReply(JsonNode data, Optional<Complaint> error, boolean namesTransaction) {

    /** Returns what RohoPay said; absent if somebody else answered, or the envelope contradicts the HTTP status. */
    static Optional<RohoPayReply> of(HttpResult.Answered answer) {
        return Json.read(answer.text())
                .filter(root ->
                        root.path("success").isBoolean() && root.path("success").booleanValue() == answer.isSuccess())
                .flatMap(root -> answer.isSuccess() ? success(root.path("data")) : failure(root.path("error")));
    }

    private static Optional<RohoPayReply> success(JsonNode data) {
        return data.isContainerNode() ? Optional.of(new RohoPayReply(data, Optional.empty(), false)) : Optional.empty();
    }

    private static Optional<RohoPayReply> failure(JsonNode error) {
        return Json.text(error.path("code"))
                .map(code ->
                        new Complaint(code, Json.text(error.path("message")).orElse("")))
                .map(complaint -> new RohoPayReply(
                        MissingNode.getInstance(), Optional.of(complaint), error.hasNonNull("reference")));
    }
}
