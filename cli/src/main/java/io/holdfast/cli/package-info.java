/**
 * The {@code holdfast} command: the way in for accountants, auditors, operators and scripts.
 *
 * <p>Start at {@link io.holdfast.cli.HoldfastCommand}, which lists the commands; each command group is one class, and
 * every one of them reaches the ledger through {@link io.holdfast.cli.CommandContext}. Names, JSON fields and exit codes
 * are promised to scripts.
 */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
