/** Two processes, many threads, and somebody who pulls their plugs; start at {@link io.holdfast.ledger.hammer.HammerTest}. */
@NullMarked
package io.holdfast.ledger.hammer;

import org.jspecify.annotations.NullMarked;
