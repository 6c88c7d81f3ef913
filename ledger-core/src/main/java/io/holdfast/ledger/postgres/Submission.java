package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.KeyedCommand;
import java.util.List;

/** A command and in whose name it is carried out. */
record Submission(Command command, String actor) {

    List<KeyedCommand> keyed() {
        return command instanceof CommandGroup group ? group.commands() : List.of((KeyedCommand) command);
    }
}
