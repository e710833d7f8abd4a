package org.elasticvision.samples.serve.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Base64 as clients write it: RFC 4648's alphabet, with or without padding and line ends. */
public final class Base64Text {
    private Base64Text() {}

    /**
     * {@return the bytes}
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static byte[] decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            boolean part = (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9');
            if (!part && "+/=\r\n".indexOf(one) < 0) { // which the lenient decoder would skip
                throw new IllegalArgumentException("not base64");
            }
        }
        return Base64.getMimeDecoder().decode(bytes);
    }
}
