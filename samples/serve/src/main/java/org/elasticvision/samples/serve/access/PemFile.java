package org.elasticvision.samples.serve.access;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * Certificates and keys as text (RFC 7468).
 *
 * @param file where it is from, for messages
 */
record PemFile(Path file, String text) {
    private static final Pattern PART = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> KEYS = List.of("RSA", "EC", "EdDSA");

    /** {@return the certificates, the server's own first} */
    List<Certificate> certificates() {
        List<Certificate> certificates = new ArrayList<>();
        for (byte[] part : parts("CERTIFICATE")) {
            try {
                certificates.add(
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(part)));
            } catch (GeneralSecurityException e) {
                throw new ElasticVisionException(
                        file + ": certificate " + (certificates.size() + 1) + " is damaged; copy it again", e);
            }
        }
        if (certificates.isEmpty()) {
            throw new ElasticVisionException(
                    file + " has no certificate; give a PEM file with the certificate, those that signed it after it");
        }
        return certificates;
    }

    /** {@return the private key} */
    PrivateKey key() {
        List<byte[]> keys = parts("PRIVATE KEY");
        if (keys.size() != 1) {
            throw new ElasticVisionException(
                    file + (keys.isEmpty() ? noKey() : " has several private keys; leave one"));
        }
        for (String algorithm : KEYS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
            } catch (GeneralSecurityException e) {
                // of another algorithm
            }
        }
        throw new ElasticVisionException(
                file + ": the private key is damaged or of another kind than RSA, EC and Ed25519; make a new one");
    }

    private String noKey() {
        if (text.contains("-----BEGIN PRIVATE KEY-----")) {
            return ": the private key is cut off; copy it again";
        }
        return text.contains("PRIVATE KEY-----")
                ? " is encrypted or in an older form; convert it with openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW"
                : " has no private key; give the PEM file of the key to --tls-key";
    }

    private List<byte[]> parts(String kind) {
        List<byte[]> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(kind)) {
                parts.add(Base64.getMimeDecoder().decode(matcher.group(2).getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return parts;
    }
}
