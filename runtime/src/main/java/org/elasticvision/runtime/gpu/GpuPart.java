package org.elasticvision.runtime.gpu;

import java.util.Locale;

/** A part that uses an NVIDIA GPU, as the tables name it. */
public enum GpuPart {
    /** Finding out which GPUs there are, which all the others begin with. */
    GPUS("looking for GPUs"),
    /** ONNX Runtime's CUDA provider, built for CUDA 12, as on Maven Central. */
    ONNXRUNTIME_12("ONNX Runtime for CUDA 12"),
    /** ONNX Runtime's CUDA provider, built for CUDA 13, as on PyPI. */
    ONNXRUNTIME_13("ONNX Runtime for CUDA 13"),
    /** What ONNX Runtime's TensorRT provider needs besides. */
    ONNXRUNTIME_TENSORRT("ONNX Runtime's TensorRT provider"),
    /** LibTorch's CUDA build, also to train on the CPU. */
    LIBTORCH("LibTorch's CUDA build"),
    /** TensorRT, called from Java. */
    TENSORRT("TensorRT");

    private final String text;

    GpuPart(String text) {
        this.text = text;
    }

    /** {@return its name in the tables, such as {@code onnxruntime-12}} */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return what people call it} */
    @Override
    public String toString() {
        return text;
    }
}
