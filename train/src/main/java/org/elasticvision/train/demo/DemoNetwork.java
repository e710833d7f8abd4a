package org.elasticvision.train.demo;

import java.nio.file.Path;
import org.elasticvision.convert.zoo.Architecture;

/** What is trained. */
enum DemoNetwork {
    ELASTIC(Architecture.RESNEXT_TINY_ELASTIC, ""),
    /** As many multiplications, blocks of one resolution only. */
    TWIN(Architecture.RESNEXT_TINY, "twin");

    private final Architecture architecture;
    private final String folder;

    DemoNetwork(Architecture architecture, String folder) {
        this.architecture = architecture;
        this.folder = folder;
    }

    Architecture architecture() {
        return architecture;
    }

    String title() {
        return architecture.id();
    }

    /** Where its files go in a demo's folder. */
    Path folder(Path demo) {
        return demo.resolve(folder);
    }
}
