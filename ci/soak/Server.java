import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, with the same settings of Java as this one, that listens on the loopback. */
final class Server implements AutoCloseable {
    static final String GAUGES = "gauges ";

    private static final String SERVING = "Serving at http://localhost:";

    private final Path errors;
    private final Process process;
    private final BufferedReader said;
    private final int port;

    Server(Path folder, boolean leak, String... options) throws IOException {
        errors = folder.resolve("server.err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "Served", String.valueOf(leak), "serve", "--port=0"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectError(new File(errors.toString())).start();
        said = process.inputReader(StandardCharsets.UTF_8);
        String line = awaitLine(SERVING);
        port = Integer.parseInt(line.substring(0, line.indexOf('/')));
    }

    int port() {
        return port;
    }

    Gauges gauges() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Gauges.parse(awaitLine(GAUGES));
    }

    /** {@return what follows the beginning of a line} */
    private String awaitLine(String beginning) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IOException("the server has ended: " + errors());
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the server does not end on SIGTERM");
        }
    }
}
