/** Brings a database to the schema this code needs; start at {@link io.holdfast.db.Schema}. */
@NullMarked
package io.holdfast.db;

import org.jspecify.annotations.NullMarked;
