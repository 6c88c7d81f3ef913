package io.holdfast.ledger;

import java.util.List;

/**
 * Commands that succeed or are refused as one. Each sees what those before it did.
 *
 * @param commands 1 to 1,000
 */
public record CommandGroup(List<KeyedCommand> commands) implements Command {

    /** The most commands in a group. */
    public static final int COMMANDS_MAX = 1_000;

    /**
     * Refuses a group of none or too many.
     *
     * @throws IllegalArgumentException with the number
     */
    public CommandGroup {
        commands = List.copyOf(commands);
        if (commands.isEmpty() || commands.size() > COMMANDS_MAX) {
            throw new IllegalArgumentException(
                    "A group of " + commands.size() + " commands: 1 to " + COMMANDS_MAX + " are possible");
        }
    }

    /** Returns a group of these commands. */
    public static CommandGroup of(KeyedCommand... commands) {
        return new CommandGroup(List.of(commands));
    }
}
