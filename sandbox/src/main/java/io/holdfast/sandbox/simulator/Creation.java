package io.holdfast.sandbox.simulator;

import java.util.Optional;

/**
 * A request that asks for a payout: to whom, and under which key of the caller, empty where the provider takes none or
 * none was sent.
 */
public record Creation(String recipient, Optional<String> key) {}
