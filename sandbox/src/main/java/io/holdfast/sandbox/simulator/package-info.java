/**
 * What all provider simulators share: an HTTP server on loopback, faults on demand, a book of payouts that shows which
 * money really moved, webhooks, time that moves when told to; start at {@link io.holdfast.sandbox.simulator.Simulator}.
 */
@NullMarked
package io.holdfast.sandbox.simulator;

import org.jspecify.annotations.NullMarked;
