package io.holdfast.payout.engine;

import java.util.Optional;
import java.util.UUID;

/**
 * One thing that a provider shows under a reference.
 *
 * @param isLast whether nothing else that it shows under that reference happened later
 * @param leftSuspense the entry by which it stood in suspense as nobody's, if it is shown as having come back
 * @param back what is shown as having come back, or as what may have, before it is paid
 */
record Told(Shown shown, boolean isLast, Optional<UUID> leftSuspense, Optional<Back> back) {}
