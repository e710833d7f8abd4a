package org.elasticvision.samples.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.samples.serve.access.AccessLog;
import org.elasticvision.samples.serve.access.Tls;
import org.elasticvision.samples.serve.access.TokenFile;
import org.elasticvision.samples.serve.connection.HeaderDeadline;
import org.elasticvision.samples.serve.http.Origins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tokens, TLS and the access log. */
class AccessTest {
    private static final String ASK = "/v1/models/held:predict";
    private static final String PASSWORD = "a password";
    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private final HeldModel model = new HeldModel();
    private final List<String> warnings = new ArrayList<>();

    @BeforeAll
    static void makeKeys() throws Exception {
        makeKey("server.p12");
        makeKey("other.p12");
    }

    private static void makeKey(String name) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keys.resolve(name).toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    @Test
    void onlyThoseWithATokenAreAnswered() throws IOException {
        model.allow(10);
        Path file = Files.writeString(folder.resolve("tokens"), "# ours\n" + TOKEN + "\n");
        try (PredictionServer server =
                start(Optional.of(new TokenFile(file, warnings::add)), Optional.empty(), Optional.empty())) {
            Client client = new Client(server.port());
            HttpResponse<String> none = client.post(ASK, new byte[1]);
            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"elastic\"");
            assertThat(Client.error(none)).contains("send the header Authorization: Bearer TOKEN");
            HttpResponse<String> wrong = ask(client, "Bearer " + TOKEN.replace('0', '1'));
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("invalid_token");
            assertThat(ask(client, "Basic " + TOKEN).statusCode()).isEqualTo(401);
            assertThat(ask(client, "Bearer " + TOKEN).statusCode()).isEqualTo(200);
            assertThat(ask(client, "bearer " + TOKEN).statusCode()).isEqualTo(200);
            for (String open : List.of("/", "/healthz", "/readyz", "/v2/health/live", "/v2/health/ready", "/docs")) {
                assertThat(client.get(open).statusCode()).as(open).isEqualTo(200);
            }
            for (String closed : List.of("/v1/models", "/v2", "/metrics", "/v1/models/none", "/nothing")) {
                assertThat(client.get(closed).statusCode()).as(closed).isEqualTo(401);
            }
        }
    }

    @Test
    void tokensAreReadAgainWhenTheFileChanges() throws IOException {
        model.allow(10);
        Path file = Files.writeString(folder.resolve("tokens"), TOKEN);
        try (PredictionServer server =
                start(Optional.of(new TokenFile(file, warnings::add)), Optional.empty(), Optional.empty())) {
            Client client = new Client(server.port());
            change(file, "another-token-of-ours\n");
            assertThat(ask(client, "Bearer " + TOKEN).statusCode()).isEqualTo(401);
            assertThat(ask(client, "Bearer another-token-of-ours").statusCode()).isEqualTo(200);
            change(file, "short");
            assertThat(ask(client, "Bearer another-token-of-ours").statusCode()).isEqualTo(200);
            assertThat(ask(client, "Bearer another-token-of-ours").statusCode()).isEqualTo(200);
            assertThat(warnings)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("at least 16")
                    .endsWith("the tokens that it had stay valid");
            Files.delete(file);
            assertThat(ask(client, "Bearer another-token-of-ours").statusCode()).isEqualTo(200);
            assertThat(ask(client, "Bearer short").statusCode()).isEqualTo(401);
            assertThat(warnings).hasSize(2);
        }
    }

    /** To a time of its own, as two changes may fall into one tick of the file system's clock. */
    private static void change(Path file, String text) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 2000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# none\n", "short", "0123456789abcdef 0123456789abcdef", "0123456789äbcdef"})
    void aFileWithoutAUsableTokenIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("tokens"), text);
        assertThatThrownBy(() -> new TokenFile(file, warnings::add))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("openssl rand -hex 32");
        assertThatThrownBy(() -> new TokenFile(folder.resolve("none"), warnings::add))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aLineIsWrittenForEachRequestWithoutItsQuery() throws IOException {
        model.allow(1);
        Path file = Files.writeString(folder.resolve("access.log"), "before\n");
        AccessLog log = AccessLog.open(file.toString(), System.out, warnings::add);
        try (PredictionServer server = start(Optional.empty(), Optional.empty(), Optional.of(log))) {
            Client client = new Client(server.port());
            client.post(ASK + "?top=1", new byte[1]);
            client.get("/nothing?token=secret");
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).noneMatch(line -> line.contains("secret"));
        assertThat(lines.get(1)).matches("\\S+ - - \\[[^]]+] \"POST /v1/models/held:predict HTTP/1.1\" 200 \\d+ \\d+");
        assertThat(lines.get(2)).matches("\\S+ - - \\[[^]]+] \"GET /nothing HTTP/1.1\" 404 \\d+ \\d+");
        Path later = folder.resolve("made/on/the/way.log");
        AccessLog.open(later.toString(), System.out, warnings::add).close();
        assertThat(later).isEmptyFile();
        assertThatThrownBy(() -> AccessLog.open(file + "/log", System.out, warnings::add))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("/log cannot be written: ");
    }

    @Test
    void tlsSpeaksHttp2AndHttp1InTheNewVersions() throws Exception {
        model.allow(10);
        Tls tls = Tls.of(keys.resolve("server.p12"), null, PASSWORD);
        try (PredictionServer server = start(Optional.empty(), Optional.of(tls), Optional.empty())) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                    HttpResponse<String> reply = secure(server, version, protocol);
                    assertThat(reply.statusCode()).isEqualTo(200);
                    assertThat(reply.version()).isEqualTo(version);
                    assertThat(reply.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
                }
            }
            assertThatThrownBy(() -> secure(server, HttpClient.Version.HTTP_1_1, "TLSv1.1"))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void thoseWhoGiveUpAreNotWorkedOn(HttpClient.Version version) throws Exception {
        Tls tls = Tls.of(keys.resolve("server.p12"), null, PASSWORD);
        try (PredictionServer server = start(Optional.empty(), Optional.of(tls), Optional.empty())) {
            HttpClient client = trusting(version, "TLSv1.3");
            HttpRequest ask = question(server, ASK)
                    .POST(BodyPublishers.ofByteArray(new byte[1]))
                    .build();
            List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
            for (int turn = 0; turn < TestServers.ROOMY.concurrent(); turn++) {
                running.add(client.sendAsync(ask, BodyHandlers.ofString()));
                model.awaitCall();
            }
            CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(ask, BodyHandlers.ofString());
            awaitMetric(client, server, "elastic_predictions_waiting 1.0");
            waiting.cancel(true);
            awaitMetric(client, server, "elastic_images_given_up_total{model=\"held\"} 1.0");
            model.allow(running.size());
            assertThat(running).allMatch(one -> one.join().statusCode() == 200);
        }
    }

    private static void awaitMetric(HttpClient client, PredictionServer server, String line) throws Exception {
        HttpRequest metrics = question(server, "/metrics").build();
        String last = "";
        for (int tries = 0; tries < 1000; tries++) {
            last = client.send(metrics, BodyHandlers.ofString()).body();
            if (last.lines().anyMatch(line::equals)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no '" + line + "' in time, but\n" + last);
    }

    @Test
    void keysComeAsPemToo() throws Exception {
        model.allow(1);
        Path certificate = Files.writeString(folder.resolve("server.pem"), certificate("server.p12"));
        Path key = Files.writeString(folder.resolve("server.key"), key("server.p12"));
        try (PredictionServer server =
                start(Optional.empty(), Optional.of(Tls.of(certificate, key, null)), Optional.empty())) {
            assertThat(secure(server, HttpClient.Version.HTTP_2, "TLSv1.3").statusCode())
                    .isEqualTo(200);
        }
        Path both = Files.writeString(folder.resolve("both.pem"), certificate("server.p12") + key("server.p12"));
        assertThat(Tls.of(both, null, null)).isNotNull();
    }

    @Test
    void keysThatCannotBeUsedAreRefused() throws Exception {
        Path store = keys.resolve("server.p12");
        Path certificate = Files.writeString(folder.resolve("server.pem"), certificate("server.p12"));
        Path other = Files.writeString(folder.resolve("other.key"), key("other.p12"));
        Path old =
                Files.writeString(folder.resolve("old.key"), key("server.p12").replace("PRIVATE", "EC PRIVATE"));
        Path text = Files.writeString(folder.resolve("text"), "hello");
        assertRefused(
                store, null, "wrong", "the password is wrong; give a file with the right one to --tls-password-file");
        assertRefused(certificate, null, null, "has no private key; give the PEM file of the key to --tls-key");
        assertRefused(certificate, other, null, "the key is not that of the first certificate");
        assertRefused(certificate, old, null, "openssl pkcs8 -topk8 -nocrypt");
        String whole = key("server.p12");
        Path cut = Files.writeString(folder.resolve("cut.key"), whole.substring(0, whole.length() / 2));
        assertRefused(certificate, cut, null, "the private key is cut off; copy it again");
        assertRefused(certificate, other, PASSWORD, "leave out --tls-password-file, which is for PKCS #12");
        assertRefused(other, null, null, "has no certificate");
        assertRefused(text, null, null, "is neither PKCS #12 nor PEM");
        assertRefused(store, other, PASSWORD, "leave out --tls-key");
        assertRefused(folder.resolve("none"), null, null, "there is no such file");
        Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
        assertRefused(large, null, null, "larger than 1 MB");
        assertThatThrownBy(() -> Tls.password(large)).hasMessageContaining("larger than 1 MB");
    }

    private static void assertRefused(Path file, Path key, String password, String message) {
        assertThatThrownBy(() -> Tls.of(file, key, password))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining(message);
    }

    private static KeyStore store(String name) throws Exception {
        return KeyStore.getInstance(keys.resolve(name).toFile(), PASSWORD.toCharArray());
    }

    private static String certificate(String name) throws Exception {
        return pem("CERTIFICATE", store(name).getCertificate("server").getEncoded());
    }

    private static String key(String name) throws Exception {
        return pem(
                "PRIVATE KEY",
                store(name).getKey("server", PASSWORD.toCharArray()).getEncoded());
    }

    private static String pem(String kind, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    private static HttpResponse<String> secure(PredictionServer server, HttpClient.Version version, String protocol)
            throws Exception {
        return trusting(version, protocol)
                .send(
                        question(server, ASK)
                                .POST(BodyPublishers.ofByteArray(new byte[1]))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static HttpRequest.Builder question(PredictionServer server, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
    }

    /** A client that trusts the certificate. */
    private static HttpClient trusting(HttpClient.Version version, String protocol) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "server", (X509Certificate) store("server.p12").getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(new SSLParameters(null, new String[] {protocol}))
                .version(version)
                .build();
    }

    private static HttpResponse<String> ask(Client client, String authorization) {
        return Client.send(client.request(ASK)
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofByteArray(new byte[1])));
    }

    private PredictionServer start(Optional<TokenFile> tokens, Optional<Tls> tls, Optional<AccessLog> log) {
        return PredictionServer.start(
                List.of(model),
                new ServerSettings(
                        new InetSocketAddress("localhost", 0),
                        TestServers.ROOMY,
                        Origins.NONE,
                        tokens,
                        tls,
                        log,
                        Optional.empty(),
                        HeaderDeadline.USUAL));
    }
}
