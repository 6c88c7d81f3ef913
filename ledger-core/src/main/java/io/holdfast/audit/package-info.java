/**
 * What an auditor can check without trusting whoever runs the ledger.
 *
 * <p>Start at {@link io.holdfast.audit.Verifier}, which compares everything a ledger keeps with everything else it keeps,
 * and names what contradicts. Nothing here repairs.
 */
@NullMarked
package io.holdfast.audit;

import org.jspecify.annotations.NullMarked;
