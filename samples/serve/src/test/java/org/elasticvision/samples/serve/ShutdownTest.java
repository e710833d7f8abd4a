package org.elasticvision.samples.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.Elastic;
import org.elasticvision.runtime.engine.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShutdownTest {
    private static final int SIGTERM_EXIT = 143;

    @TempDir
    Path folder;

    @Test
    void answersWhatIsRunning() throws Exception {
        HeldModel model = new HeldModel();
        PredictionServer server = TestServers.start(List.of(model), TestServers.ROOMY);
        Client client = new Client(server.port());
        var running = client.postLater("/v1/models/held:predict", new byte[1]);
        model.awaitCall();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        awaitStopping(client);
        HttpResponse<String> refused = client.post("/v1/models/held:predict", new byte[1]);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Client.error(refused)).isEqualTo("the server is stopping; try again when it is back");
        assertThat(running).isNotDone();
        assertThat(model.isClosed()).isFalse();
        model.allow(1);
        assertThat(running.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        closing.get(20, TimeUnit.SECONDS);
        assertThat(model.isClosed()).isTrue();
        assertThatThrownBy(() -> new Socket("localhost", client.port()).close()).isInstanceOf(IOException.class);
    }

    /** The process itself: half of an image is uploaded when the signal comes, and the answer is there all the same. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void endsInOrderOnTheSignal() throws Exception {
        Path model = TestModels.classifier(folder, TensorShape.ANY);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Elastic.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        model.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(printed.readLine()).isEqualTo("classifier: classification, 3 classes, colors, fp32");
            Matcher place = Pattern.compile("Serving at http://localhost:(\\d+)/ until Ctrl-C")
                    .matcher(printed.readLine());
            assertThat(place.matches()).isTrue();
            byte[] image = Pictures.plain(Pictures.BLUE);
            try (Socket socket = new Socket("localhost", Integer.parseInt(place.group(1)))) {
                socket.setSoTimeout(20_000);
                OutputStream out = socket.getOutputStream();
                out.write(("POST /v1/models/classifier:predict HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                                + "Content-Length: " + image.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] goOn = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
                assertThat(new String(goOn, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
                out.write(image, 0, image.length / 2);
                process.toHandle().destroy(); // SIGTERM; Process.destroy would close the streams too
                assertThat(printed.readLine())
                        .isEqualTo("elastic: stopping; requests that are running are answered first");
                out.write(image, image.length / 2, image.length - image.length / 2);
                String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(reply).startsWith("HTTP/1.1 200 ").contains("\"name\":\"blue\"");
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(SIGTERM_EXIT);
            assertThat(printed.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void awaitStopping(Client client) throws InterruptedException {
        for (int tries = 0; client.get("/readyz").statusCode() != 503; tries++) {
            assertThat(tries).isLessThan(1000);
            Thread.sleep(10);
        }
    }
}
