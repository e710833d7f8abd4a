package org.elasticvision.convert.tensorrt;

/** What building an engine is about, in this order. */
public enum BuildStage {
    PARSE("reading the model"),
    OPTIMIZE("trying out kernels on the GPU, which takes minutes"),
    CHECK("opening the engine"),
    SAVE("saving");

    private final String text;

    BuildStage(String text) {
        this.text = text;
    }

    /** What is being done, to be read by a person. */
    public String text() {
        return text;
    }
}
