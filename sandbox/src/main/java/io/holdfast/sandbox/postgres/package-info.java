/**
 * A PostgreSQL server kept in a directory; start at {@link io.holdfast.sandbox.postgres.EmbeddedDatabase}.
 */
@NullMarked
package io.holdfast.sandbox.postgres;

import org.jspecify.annotations.NullMarked;
