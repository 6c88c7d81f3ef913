/**
 * The {@code holdfast} command: the way in for accountants, auditors, operators and scripts.
 *
 * <p>Start at {@link io.holdfast.cli.HoldfastCommand}, which lists the commands; each command group is one class, and
 * every one of them reaches the ledger through {@link io.holdfast.cli.CommandContext}. Names, JSON fields and exit codes
 * are promised to scripts.
 *
 * <p>What a class is for shows in the end of its name: {@code ...Command} and {@code ...Commands} are the commands, {@code ...Options}
 * are options that several of them take, {@code ...Document} and {@code ...Table} write results for scripts and people, and
 * {@code ...Section} reads its part of {@code holdfast.yaml}, of which {@code Configuration} is the whole. Everything that begins with
 * {@code Demo} is the demo's. {@code Failures} is the one place where exceptions become messages and exit codes.
 */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
