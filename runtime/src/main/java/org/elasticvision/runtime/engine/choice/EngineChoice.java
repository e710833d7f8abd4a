package org.elasticvision.runtime.engine.choice;

/**
 * Which engine {@code --provider auto} took for a model, and why. Immutable.
 *
 * @param provider by what word of {@code --provider} the same engine is asked for, such as {@code onednn}
 * @param engine its name, such as {@code oneDNN}
 * @param reason in words, without a full stop
 */
public record EngineChoice(String provider, String engine, String reason) {
    /** {@return all of it in a line, such as {@code oneDNN (--provider onednn): ONNX Runtime does not compute in bf16} } */
    @Override
    public String toString() {
        return engine + " (--provider " + provider + "): " + reason;
    }
}
