package io.holdfast.sandbox.postgres;

import java.nio.file.Path;

/** PostgreSQL's programs and libraries, unpacked in this directory. */
record ServerFiles(Path home) {

    /** Returns the path of one of PostgreSQL's programs. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}
