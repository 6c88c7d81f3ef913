package io.holdfast.sandbox.simulator;

/** What a simulated API has at hand: the simulator's time, ids and book. */
public record Stage(SimulatorSettings settings, Ids ids, PayoutBook book) {}
