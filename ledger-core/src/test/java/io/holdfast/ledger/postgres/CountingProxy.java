package io.holdfast.ledger.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between one client and a PostgreSQL and counts how often the client speaks after having been answered. */
final class CountingProxy implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):([0-9]+)/");

    private final ServerSocket door;
    private final String jdbcUrl;
    private int roundTrips;
    private boolean clientSpoke;

    private CountingProxy(ServerSocket door, String jdbcUrl) {
        this.door = door;
        this.jdbcUrl = jdbcUrl;
    }

    static CountingProxy before(String jdbcUrl) throws IOException {
        Matcher address = ADDRESS.matcher(jdbcUrl);
        if (!address.find()) {
            throw new IllegalArgumentException("No host and port in the URL");
        }
        ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        String through = address.replaceFirst("//127.0.0.1:" + door.getLocalPort() + "/");
        CountingProxy proxy = new CountingProxy(door, through);
        start(() -> proxy.serve(address.group(1), Integer.parseInt(address.group(2))));
        return proxy;
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    synchronized int roundTrips() {
        return roundTrips;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void serve(String host, int port) throws IOException {
        try (Socket client = door.accept();
                Socket server = new Socket(host, port)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread answers = start(() -> pump(server.getInputStream(), client.getOutputStream(), false));
            pump(client.getInputStream(), server.getOutputStream(), true);
            answers.interrupt();
        }
    }

    private void pump(InputStream from, OutputStream to, boolean isClient) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            count(isClient);
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    private synchronized void count(boolean isClient) {
        if (isClient && !clientSpoke) {
            roundTrips++;
        }
        clientSpoke = isClient;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // One side hung up, and whoever is still waiting on the other will see it.
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
