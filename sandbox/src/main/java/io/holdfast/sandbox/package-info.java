/** Everything it takes to run Holdfast with only a JVM; start at {@link io.holdfast.sandbox.MovableClock}. */
@NullMarked
package io.holdfast.sandbox;

import org.jspecify.annotations.NullMarked;
