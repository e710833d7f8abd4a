package org.elasticvision.samples.serve.v2.request;

/** What the tensors of a model are called; the first two of them also inside the ONNX files that {@code convert} writes. */
public final class TensorNames {
    /** In: FP32 {@code [N, 3, H, W]}, RGB, normalised. */
    public static final String IMAGE = "image";

    /** Out: FP32 {@code [N, classes]}, for segmentation {@code [N, classes, H, W]}; only for {@link #IMAGE} then. */
    public static final String LOGITS = "logits";

    /** In, instead of {@link #IMAGE}: BYTES {@code [N]}, image files. */
    public static final String FILE = "file";

    /** Out: FP32 {@code [N, classes]}; not for segmentation. */
    public static final String PROBABILITIES = "probabilities";

    /** Out, for {@link #FILE}: BYTES {@code [N]}, JSON as of {@code /v1}. */
    public static final String ANSWER = "answer";

    public static final String INPUTS = IMAGE + " (FP32 [N, 3, H, W]) or " + FILE + " (BYTES [N], image files)";

    private TensorNames() {}
}
