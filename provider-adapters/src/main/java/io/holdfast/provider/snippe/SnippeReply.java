package io.holdfast.provider.snippe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.holdfast.provider.Complaint;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import java.util.Optional;

/**
 * An answer of Snippe's own, taken out of its envelope. There are two generations of these: {@code
 * {"status":"success","code":201,"data":...}} and {@code {"status":201,"data":...}}.
 *
 * @param data what a success tells; missing in an error
 * @param error what went wrong; absent in a success
 */
record SnippeReply(JsonNode data, Optional<Complaint> error) {

    /** Returns what Snippe said; absent if somebody else answered, or the envelope contradicts the HTTP status. */
    static Optional<SnippeReply> of(HttpResult.Answered answer) {
        return Json.read(answer.text())
                .flatMap(root -> answer.isSuccess() ? success(root) : failure(answer.status(), root));
    }

    private static Optional<SnippeReply> success(JsonNode root) {
        JsonNode data = root.isArray() ? root : root.path("data");
        JsonNode status = root.path("status");
        boolean says =
                isSuccess(status) || status.isMissingNode() || status.asText().equals("success");
        boolean contradicts = root.has("code") && !isSuccess(root.path("code"));
        return says && !contradicts && data.isContainerNode()
                ? Optional.of(new SnippeReply(data, Optional.empty()))
                : Optional.empty();
    }

    private static boolean isSuccess(JsonNode code) {
        return code.isNumber() && code.asInt() / 100 == 2;
    }

    private static Optional<SnippeReply> failure(int httpStatus, JsonNode root) {
        JsonNode status = root.path("status");
        boolean isError = status.asText().equals("error") || (status.isNumber() && status.asInt() == httpStatus);
        boolean contradicts = root.has("code") && root.path("code").asInt() != httpStatus;
        String code = Json.text(root.path("error_code")).orElse("");
        String message = Json.text(root.path("message")).orElse("");
        boolean says = !code.isEmpty() || !message.isEmpty();
        return isError && says && !contradicts
                ? Optional.of(new SnippeReply(MissingNode.getInstance(), Optional.of(new Complaint(code, message))))
                : Optional.empty();
    }
}
