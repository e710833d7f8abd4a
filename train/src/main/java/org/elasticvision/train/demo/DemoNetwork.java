package org.elasticvision.train.demo;

import java.nio.file.Path;
import org.elasticvision.convert.zoo.Architecture;

/** What is trained. */
enum DemoNetwork {
    ELASTIC("resnext_tiny_elastic", ""),
    /** As many multiplications, blocks of one resolution only. */
    TWIN("resnext_tiny", "twin");

    private final String id;
    private final String folder;

    DemoNetwork(String id, String folder) {
        this.id = id;
        this.folder = folder;
    }

    Architecture architecture() {
        return Architecture.of(id);
    }

    String title() {
        return id;
    }

    /** Where its files go in a demo's folder. */
    Path folder(Path demo) {
        return demo.resolve(folder);
    }
}
