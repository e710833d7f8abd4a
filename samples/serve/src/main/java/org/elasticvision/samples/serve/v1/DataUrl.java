package org.elasticvision.samples.serve.v1;

import java.util.Base64;

/** Pictures inside an answer, as pages show them. */
final class DataUrl {
    private DataUrl() {}

    static String ofPng(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
