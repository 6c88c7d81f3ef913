package io.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/**
 * A file that a command reads.
 *
 * @param file as it was named on the command line, {@code -} for standard input
 */
record InputFile(Surroundings surroundings, String file) {

    private static final String STANDARD_INPUT = "-";

    /** Makes something of what is read. */
    interface Reading<T> {

        /**
         * Reads as much as it wants.
         *
         * @throws IOException if that cannot be read
         */
        T of(InputStream in) throws IOException;
    }

    /** Returns what it is called in messages. */
    String name() {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    /**
     * Opens it, has it read, and closes it.
     *
     * @throws CommandFailure if it is not there or cannot be read
     */
    <T> T read(Reading<T> reading) {
        try (InputStream in = open()) {
            return reading.of(in);
        } catch (NoSuchFileException e) {
            throw CommandFailure.invalid("There is no file " + file);
        } catch (AccessDeniedException e) {
            throw CommandFailure.invalid(file + " cannot be read: its owner does not let you");
        } catch (CharacterCodingException e) {
            throw CommandFailure.invalid(name() + " is not UTF-8");
        } catch (IOException e) {
            throw CommandFailure.invalid(name() + " cannot be read: " + e.getMessage());
        }
    }

    private InputStream open() throws IOException {
        return file.equals(STANDARD_INPUT) ? surroundings.in() : Files.newInputStream(surroundings.resolve(file));
    }
}
