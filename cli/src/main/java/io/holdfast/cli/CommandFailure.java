package io.holdfast.cli;

/** Ends a command with an exit code and a message for the person or script that asked. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String message;
    private final transient Document document;

    private CommandFailure(ExitCode exitCode, Document document, String message) {
        super(message);
        this.message = message;
        this.exitCode = exitCode;
        this.document = document;
    }

    /** Returns the failure of bad usage or input. */
    static CommandFailure invalid(String message) {
        return of(ExitCode.INVALID, "INVALID", message);
    }

    /** Returns a failure that is known by a name. */
    static CommandFailure of(ExitCode exitCode, String name, String message) {
        return new CommandFailure(exitCode, new Document().with("error", name).with("message", message), message);
    }

    /** Returns the failure of a rule that said no, with the refusal's document. */
    static CommandFailure refused(Document refusal, String message) {
        return new CommandFailure(ExitCode.REFUSED, refusal, message);
    }

    ExitCode exitCode() {
        return exitCode;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** What is printed when the command was asked for JSON. */
    Document document() {
        return document;
    }
}
