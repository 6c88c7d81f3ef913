package io.holdfast.payout.guice;

import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.Calling;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeTolerance;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.Processing;
import io.holdfast.payout.ReversedFee;
import io.holdfast.payout.Route;
import java.util.List;

/**
 * How payouts are done.
 *
 * @param routes which providers are tried for what; if empty, each request names its provider
 * @param fees what payouts cost; if empty, nothing
 * @param accounts where they are booked
 * @param processing when they are sent again, asked about and given up to a person
 * @param reversedFee what becomes of our fee when all of a payout comes back
 * @param feeTolerance how far what a provider charges may be off what it had quoted
 * @param approvals which payouts others have to agree to
 * @param limits how much may be paid out
 * @param breaker when nothing new is sent to a provider any more
 * @param calling on which threads providers are called
 * @param actor in whose name the processor works
 */
public record PayoutConfig(
        List<Route> routes,
        List<FeeRule> fees,
        PayoutAccounts accounts,
        Processing processing,
        ReversedFee reversedFee,
        FeeTolerance feeTolerance,
        ApprovalPolicy approvals,
        PayoutLimits limits,
        CircuitBreaker breaker,
        Calling calling,
        String actor) {

    /** No routes and no fees, and the defaults for the rest. */
    public static final PayoutConfig DEFAULTS = new PayoutConfig(
            List.of(),
            List.of(),
            PayoutAccounts.DEFAULTS,
            Processing.DEFAULTS,
            ReversedFee.GIVEN_BACK,
            FeeTolerance.EXACT,
            ApprovalPolicy.NONE,
            PayoutLimits.NONE,
            CircuitBreaker.DEFAULTS,
            Calling.ON_THE_CALLERS_THREAD,
            "payouts");

    /** Copies the lists. */
    public PayoutConfig {
        routes = List.copyOf(routes);
        fees = List.copyOf(fees);
    }

    /** Returns the same with routes. */
    public PayoutConfig routes(List<Route> value) {
        return new PayoutConfig(
                value,
                fees,
                accounts,
                processing,
                reversedFee,
                feeTolerance,
                approvals,
                limits,
                breaker,
                calling,
                actor);
    }

    /** Returns the same with fees. */
    public PayoutConfig fees(List<FeeRule> value) {
        return new PayoutConfig(
                routes,
                value,
                accounts,
                processing,
                reversedFee,
                feeTolerance,
                approvals,
                limits,
                breaker,
                calling,
                actor);
    }

    /** Returns the same with another processing. */
    public PayoutConfig processing(Processing value) {
        return new PayoutConfig(
                routes, fees, accounts, value, reversedFee, feeTolerance, approvals, limits, breaker, calling, actor);
    }

    /** Returns the same with another tolerance for fees. */
    public PayoutConfig feeTolerance(FeeTolerance other) {
        return new PayoutConfig(
                routes, fees, accounts, processing, reversedFee, other, approvals, limits, breaker, calling, actor);
    }

    /** Returns the same with payouts that others have to agree to. */
    public PayoutConfig approvals(ApprovalPolicy value) {
        return new PayoutConfig(
                routes, fees, accounts, processing, reversedFee, feeTolerance, value, limits, breaker, calling, actor);
    }

    /** Returns the same with limits. */
    public PayoutConfig limits(PayoutLimits value) {
        return new PayoutConfig(
                routes,
                fees,
                accounts,
                processing,
                reversedFee,
                feeTolerance,
                approvals,
                value,
                breaker,
                calling,
                actor);
    }

    /** Returns the same with another breaker. */
    public PayoutConfig breaker(CircuitBreaker value) {
        return new PayoutConfig(
                routes,
                fees,
                accounts,
                processing,
                reversedFee,
                feeTolerance,
                approvals,
                limits,
                value,
                calling,
                actor);
    }

    /** Returns the same with other threads. */
    public PayoutConfig calling(Calling value) {
        return new PayoutConfig(
                routes,
                fees,
                accounts,
                processing,
                reversedFee,
                feeTolerance,
                approvals,
                limits,
                breaker,
                value,
                actor);
    }
}
