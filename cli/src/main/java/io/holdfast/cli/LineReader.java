package io.holdfast.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads lines of UTF-8, one after the other, however long the whole is. A line that is too long or not UTF-8 is told as
 * such and does not keep the others from being read. Not safe for use by several threads.
 */
final class LineReader {

    /** The longest line, in bytes. */
    static final int LINE_BYTES_MAX = 16 * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A line, counted from 1: its text, or why it has none. */
    record Line(int number, String text, Optional<String> objection) {}

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;
    private int number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Returns the next line that is not blank; empty at the end. Waits for it where the input is still being written. */
    Optional<Line> next() throws IOException {
        while (fill()) {
            number++;
            Line line = read();
            if (line.objection().isPresent() || !line.text().isBlank()) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    /** Tells whether something of another line is there already, so that reading on would not wait for its writer. */
    boolean ready() throws IOException {
        return position < end || in.available() > 0;
    }

    private Line read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean tooLong = false;
        boolean ended = false;
        while (!ended && fill()) {
            int start = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            tooLong |= bytes.size() + position - start > LINE_BYTES_MAX;
            if (!tooLong) {
                bytes.write(buffer, start, position - start);
            }
            ended = position < end;
            position += ended ? 1 : 0;
        }
        return tooLong ? invalid("The line has more than " + LINE_BYTES_MAX + " bytes") : decoded(bytes);
    }

    private Line decoded(ByteArrayOutputStream bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            boolean marked = number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return new Line(number, marked ? text.substring(1) : text, Optional.empty());
        } catch (CharacterCodingException e) {
            return invalid("The line is not UTF-8");
        }
    }

    private Line invalid(String objection) {
        return new Line(number, "", Optional.of(objection));
    }

    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(buffer));
        }
        return position < end;
    }
}
