package io.holdfast.cli;

import java.io.PrintStream;

/** Where a command puts its result: for people as text, for scripts as one JSON document; messages go elsewhere. */
final class Output {

    private final PrintStream out;
    private final PrintStream err;
    private final GlobalOptions options;

    Output(PrintStream out, PrintStream err, GlobalOptions options) {
        this.out = out;
        this.err = err;
        this.options = options;
    }

    /** Prints the one result of a command. */
    void result(Object document, String text) {
        if (options.json()) {
            line(document);
        } else {
            text(text);
        }
    }

    /** Prints a document on a line of its own, whatever was asked for. */
    void line(Object document) {
        out.print(JsonText.of(document) + "\n");
    }

    /** Prints a text as it is, ended by a line break. */
    void text(String text) {
        out.print(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
    }

    /** Tells the person at the terminal something that is no result. */
    void note(String message) {
        err.print(message + "\n");
        err.flush();
    }

    /** Hands over what was printed so far. */
    void flush() {
        out.flush();
    }
}
