/** Databases to test on, real and thrown away; start at {@link io.holdfast.db.testing.TestDatabase}. */
@NullMarked
package io.holdfast.db.testing;

import org.jspecify.annotations.NullMarked;
