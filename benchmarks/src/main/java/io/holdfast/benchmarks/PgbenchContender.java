package io.holdfast.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** pgbench's own script, which is TPC-B: five statements a transaction, through prepared statements. */
final class PgbenchContender implements Contender {

    private static final Pattern SPEED = Pattern.compile("tps = ([0-9.]+) \\(without initial");
    private static final int SCALE = 10;
    private static final int THREADS = 2;

    private final String program;
    private final URI server;
    private final Map<String, String> login;
    private final int clients;

    /** Takes the program's path, and the server's JDBC URL with its user and password. */
    PgbenchContender(String program, String jdbcUrl, int clients) {
        this.program = program;
        this.server = URI.create(jdbcUrl.substring("jdbc:".length()));
        this.login = Stream.of(Optional.ofNullable(server.getQuery()).orElse("").split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        this.clients = clients;
    }

    void install() throws IOException, InterruptedException {
        pgbench("--initialize", "--quiet", "--scale", Integer.toString(SCALE));
    }

    @Override
    public String name() {
        return "pgbench, TPC-B, " + clients + " clients";
    }

    @Override
    public double perSecond(Duration span) throws Exception {
        String report = pgbench(
                "--client",
                Integer.toString(clients),
                "--jobs",
                Integer.toString(THREADS),
                "--time",
                Long.toString(span.toSeconds()),
                "--protocol",
                "prepared",
                "--no-vacuum");
        Matcher speed = SPEED.matcher(report);
        if (!speed.find()) {
            throw new IOException("pgbench did not say how fast it was: " + report);
        }
        return Double.parseDouble(speed.group(1));
    }

    private String pgbench(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program,
                "--host",
                server.getHost(),
                "--port",
                Integer.toString(server.getPort()),
                "--username",
                login.getOrDefault("user", "postgres")));
        command.addAll(List.of(arguments));
        command.add(server.getPath().substring(1));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", login.getOrDefault("password", ""));
        Process process = builder.start();
        StringBuilder report = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> report.append(line).append('\n'));
        }
        if (process.waitFor() != 0) {
            throw new IOException("pgbench failed: " + report);
        }
        return report.toString();
    }
}
