/**
 * Records payouts, claims what is due, calls providers outside any transaction, and settles what is proven.
 *
 * <p>Start at {@link io.holdfast.payout.engine.PayoutEngine}, the one public type; {@code EnginePayouts} is what it gives the host.
 * The rest, in the order in which a payout meets it:
 *
 * <dl>
 *   <dt>What a payout is
 *   <dd>{@code PayoutSnapshot}: what was requested ({@code Intent}), how it stands ({@code Standing}), what was sent for it
 *       ({@code Attempt}, {@code Send}).
 *   <dt>Taking requests
 *   <dd>{@code Intake} takes a group of them; {@code Requests} checks and records each. {@code Pricing}, {@code RouteFinder} and
 *       {@code Recipients} say what it costs, over which routes, to whom; they know of a {@code Situation}. {@code LimitDesk} with
 *       {@code LimitTally}, {@code Usage}, {@code Counting}, {@code CountedMonth} and {@code Counters} is for limits; {@code Forecast}
 *       with {@code Funds} says beforehand what would be refused. {@code RandomPayoutIds} names payouts.
 *   <dt>Processing what is due
 *   <dd>{@code Processor} makes a round. {@code Taking} claims, with {@code Gates} of a {@code Gate} each and {@code Breakers};
 *       {@code Tasks} runs the {@code Claim}s on the host's executor; {@code FirstSend} sends and {@code Inquiry} asks the
 *       {@code Questions}, through {@code ProviderCalls} alone. {@code Claims} is what may be done under a claim, {@code Schedule} when
 *       a payout is looked at next, {@code Environments} keeps test and live apart.
 *   <dt>Settling what is learned
 *   <dd>{@code Applier} is the one way in which an answer, of whatever source, changes anything: an {@code Event} is looked at beside
 *       its payout ({@code View}, with what its reference means: {@code Meanings}, under the {@code Terms}); {@code Rules} and
 *       {@code SettlementRules} come to a {@code Decision} with {@code Effect}s on the books and {@code Finding}s for people;
 *       {@code Scribe} writes it down; {@code Bookkeeper} and {@code GivingBack} make the journal entries, each in an
 *       {@code EntryRole}, on {@code OpenAccounts}; what no entry can hold is {@code Unbookable} and for a person.
 *   <dt>Webhooks
 *   <dd>{@code Inbox}, which keeps each as a {@code StoredNotice}.
 *   <dt>People
 *   <dd>{@code Approvals}, each of a {@code ContentHash}; {@code Reviews}, {@code Resolvable}, {@code ResolutionRules} and {@code Resolving}; {@code Debts}.
 *   <dt>Statements and lists
 *   <dd>{@code Reconciler} compares what {@code Listings}, {@code ListWalk} and {@code ListSearch} read ({@code Shown}, {@code Told});
 *       {@code Differences} says in what it differs, {@code Movements} books what is nobody's; what of that had come {@code Back}.
 *   <dt>Telling the host
 *   <dd>{@code Feed} is every transition in one order, {@code PayoutSearch} finds pages of payouts, {@code Words} are payouts in the host's types, {@code AskedProviders} are
 *       questions that move no money.
 *   <dt>What all of it works with
 *   <dd>{@code Desk}: the host's {@code Settings}, {@code EngineClock}, a {@code Session} ({@code OwnSession} or {@code HostSession})
 *       whose {@code Transaction} collects a {@code Sheet} of rows, {@code Groups} that share a transaction, and {@code Stores}, one
 *       for each kind of row: {@code SnapshotReader}, {@code AccountStore}, {@code PayoutStore}, {@code HistoryStore},
 *       {@code BookedStore}, {@code PeopleStore}, {@code WebhookStore}, {@code UsageStore}, {@code BreakerStore}, {@code QuoteStore},
 *       {@code StatementStore}, {@code MovementStore}, {@code EnvironmentStore}. {@code Rows} says what rows mean,
 *       {@code Keepable} which texts they can keep.
 *   <dt>Proving it
 *   <dd>{@code PayoutChecks}, of which {@code verify} runs each: {@code ApprovalCheck}, {@code CountCheck}, {@code FeedCheck},
 *       {@code HistoryCheck}, {@code MoneyCheck}, {@code MovementCheck}, {@code OrphanCheck}, {@code SuspenseCheck},
 *       {@code UsageCheck}.
 * </dl>
 */
@NullMarked
package io.holdfast.payout.engine;

import org.jspecify.annotations.NullMarked;
