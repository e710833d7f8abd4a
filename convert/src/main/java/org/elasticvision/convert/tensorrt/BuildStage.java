package org.elasticvision.convert.tensorrt;

/** What building an engine is about, in this order. */
public enum BuildStage {
    /** The model is read. */
    PARSE("reading the model"),
    /** Kernels are tried out. */
    OPTIMIZE("trying out kernels on the GPU, which takes minutes"),
    /** The engine is opened. */
    CHECK("opening the engine"),
    /** The files are written. */
    SAVE("saving");

    private final String text;

    BuildStage(String text) {
        this.text = text;
    }

    /** {@return what is being done, human-readable} */
    public String text() {
        return text;
    }
}
