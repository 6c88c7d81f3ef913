package io.holdfast.cli;

/** What the command tells the shell when it ends. Scripts rely on the numbers. */
enum ExitCode {
    /** Done. */
    DONE(0),
    /** A rule said no; nothing was written, or only what the output says. */
    REFUSED(1),
    /** Bad usage or bad input, a database that cannot be used included. */
    INVALID(2),
    /** The integrity of the books does not hold. */
    BROKEN(3),
    /** Not known yet, or not possible at the moment: look again. */
    IN_DOUBT(4),
    /** A bug of Holdfast's. */
    BUG(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
