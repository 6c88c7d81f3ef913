/**
 * What accountants read: the trial balance, at any date and as the ledger knew it at any time.
 *
 * <p>Start at {@link io.holdfast.books.Books}. Everything is worked out from postings alone.
 */
@NullMarked
package io.holdfast.books;

import org.jspecify.annotations.NullMarked;
