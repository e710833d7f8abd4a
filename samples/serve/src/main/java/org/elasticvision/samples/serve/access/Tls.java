package org.elasticvision.samples.serve.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.elasticvision.runtime.base.ElasticVisionException;

/** The server's key and certificate. With them connections are TLS 1.3 or 1.2, in HTTP/2 or HTTP/1.1, as the client likes. */
public final class Tls {
    private static final int MOST_BYTES = 1 << 20;

    private static final String ENTRY = "server";

    private final KeyStore store;
    private final String password;

    private Tls(KeyStore store, String password) {
        this.store = store;
        this.password = password;
    }

    /**
     * Reads key and certificate.
     *
     * @param file PKCS #12, or PEM with the certificate and those that signed it
     * @param keyFile PEM, with the key; null where it is in the same file
     * @param password of a PKCS #12 file; null for none
     * @throws ElasticVisionException where they cannot be read, do not belong together, or have expired
     */
    public static Tls of(Path file, Path keyFile, String password) {
        byte[] bytes = read(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean isPem = text.contains("-----BEGIN ");
        if (isPem && password != null) {
            throw new ElasticVisionException(file
                    + " is PEM, whose key has no password here; leave out --tls-password-file, which is for PKCS #12");
        }
        try {
            Tls tls = isPem
                    ? ofPem(new PemFile(file, text), keyFile)
                    : ofPkcs12(file, bytes, keyFile, password == null ? "" : password);
            tls.check(file);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new ElasticVisionException(
                    file + " cannot be used: " + e.getMessage() + "; give another certificate", e);
        }
    }

    /** {@return the password in a file: its first line} */
    public static String password(Path file) {
        return new String(read(file), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
    }

    private static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1); // devices have no size and may have no end
            if (bytes.length > MOST_BYTES) {
                throw new ElasticVisionException(
                        file + " is larger than 1 MB, which no certificate or password is; give another file");
            }
            return bytes;
        } catch (IOException e) {
            throw new ElasticVisionException(
                    file + " cannot be read: " + TokenFile.reason(e) + "; give one that you can read", e);
        }
    }

    private static Tls ofPem(PemFile certificates, Path keyFile) throws GeneralSecurityException {
        PemFile keys = keyFile == null
                ? certificates
                : new PemFile(keyFile, new String(read(keyFile), StandardCharsets.ISO_8859_1));
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random); // a key store wants one
        KeyStore store = empty();
        store.setKeyEntry(
                ENTRY,
                keys.key(),
                password.toCharArray(),
                certificates.certificates().toArray(Certificate[]::new));
        return new Tls(store, password);
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        return store;
    }

    private static Tls ofPkcs12(Path file, byte[] bytes, Path keyFile, String password)
            throws GeneralSecurityException {
        if (keyFile != null) {
            throw new ElasticVisionException(file + " is not PEM, so that its key must be in it; leave out --tls-key");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), password.toCharArray());
        } catch (IOException e) {
            throw new ElasticVisionException(
                    e.getCause() instanceof GeneralSecurityException
                            ? file + ": the password is wrong; give a file with the right one to --tls-password-file"
                            : file + " is neither PKCS #12 nor PEM; give a file of one of these forms",
                    e);
        }
        return new Tls(store, password);
    }

    private void check(Path file) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
                if (certificate.getNotAfter().toInstant().isBefore(Instant.now())) {
                    throw new ElasticVisionException(file + ": the certificate has expired, on "
                            + certificate.getNotAfter().toInstant() + "; renew it");
                }
                if (!isPair((PrivateKey) store.getKey(alias, password.toCharArray()), certificate)) {
                    throw new ElasticVisionException(
                            file + ": the key is not that of the first certificate; give the two that belong together");
                }
                return;
            }
        }
        throw new ElasticVisionException(file + " has no private key; give a key store with key and certificate");
    }

    private static boolean isPair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] message = {1, 2, 3};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(message);
        byte[] signature = signing.sign();
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(certificate.getPublicKey());
        verifying.update(message);
        return verifying.verify(signature);
    }

    /** {@return what speaks on a connection, from TLS to HTTP} */
    public ConnectionFactory[] connectionFactories(HttpConfiguration http) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(store);
        context.setKeyStorePassword(password);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        HttpConfiguration secure = new HttpConfiguration(http);
        secure.addCustomizer(new SecureRequestCustomizer(false)); // clients check the name; they may come by an address
        ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
        choice.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        return new ConnectionFactory[] {
            new SslConnectionFactory(context, choice.getProtocol()),
            choice,
            new HTTP2ServerConnectionFactory(secure),
            new HttpConnectionFactory(secure)
        };
    }
}
