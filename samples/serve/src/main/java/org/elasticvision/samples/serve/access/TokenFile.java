package org.elasticvision.samples.serve.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.TextFiles;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * The bearer tokens (RFC 6750) of those who may ask: one on each line of a file, which is read again when it changes, so that a new
 * token can be added before an old one goes. Only their SHA-256 is kept, and compared in constant time. Thread-safe.
 */
public final class TokenFile {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
    private static final int SHORTEST = 16;
    private static final String SCHEME = "bearer ";

    private record Stamp(Object modified, long size, Object key) {}

    private final Path file;
    private final Consumer<String> warnings;
    private List<byte[]> hashes;
    private Stamp stamp;

    /**
     * Reads a file.
     *
     * @param warnings receives one line when the file has changed and cannot be used; the tokens that it had stay valid then
     * @throws ElasticVisionException where it cannot be read or has no usable token
     */
    public TokenFile(Path file, Consumer<String> warnings) {
        this.file = file;
        this.warnings = warnings;
        stamp = stamp();
        hashes = read();
    }

    /**
     * Lets a request pass that has one of the tokens.
     *
     * @throws RequestRefused 401
     */
    public void check(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (!bearer) {
            throw refused("this server wants a token; send the header Authorization: Bearer TOKEN", "");
        }
        byte[] hash = hash(header.substring(SCHEME.length()).strip());
        boolean known = false;
        for (byte[] one : current()) {
            known |= MessageDigest.isEqual(one, hash);
        }
        if (!known) {
            throw refused("the token is not one of this server's; ask its owner for one", ", error=\"invalid_token\"");
        }
    }

    private static RequestRefused refused(String message, String more) {
        return new RequestRefused(
                HttpStatus.UNAUTHORIZED_401, message, Map.of("WWW-Authenticate", "Bearer realm=\"elastic\"" + more));
    }

    private synchronized List<byte[]> current() {
        Stamp now = null;
        try {
            now = stamp();
            if (!now.equals(stamp)) {
                hashes = read();
            }
        } catch (ElasticVisionException e) {
            if (now == null ? stamp != null : !now.equals(stamp)) { // said once, not for each request
                warnings.accept(e.getMessage() + "; the tokens that it had stay valid");
            }
        }
        stamp = now;
        return hashes;
    }

    private Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<byte[]> read() {
        List<byte[]> found = new ArrayList<>();
        try {
            for (String line : TextFiles.read(file).lines().map(String::strip).toList()) {
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                if (line.length() < SHORTEST || !TOKEN.matcher(line).matches()) {
                    throw new ElasticVisionException(file + ": a token must have at least " + SHORTEST
                            + " letters, digits and - . _ ~ + / and be alone on its line; make one with openssl rand -hex"
                            + " 32");
                }
                found.add(hash(line));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (found.isEmpty()) {
            throw new ElasticVisionException(
                    file + " has no token; write one on a line of it, made with openssl rand -hex 32");
        }
        return found;
    }

    private ElasticVisionException unreadable(IOException e) {
        return new ElasticVisionException(file + " cannot be read: " + reason(e) + "; give a file with a token", e);
    }

    static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
