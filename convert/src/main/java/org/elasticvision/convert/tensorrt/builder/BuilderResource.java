package org.elasticvision.convert.tensorrt.builder;

import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuPart;

/** A library of TensorRT's builder for one kind of GPU. */
final class BuilderResource {
    /** How all their names begin. */
    static final String BEGIN = "libnvinfer_builder_resource_";

    private static final int ORIN = 87;
    private static final int AMPERE = 86;

    private BuilderResource() {}

    /**
     * The file's name, which has the whole version of the TensorRT that opens it. Orin (8.7) takes the one for 8.6, as builds for
     * it report.
     */
    static String fileName(Gpu gpu, String version) {
        int capability = gpu.major() * 10 + gpu.minor();
        return BEGIN + "sm" + (capability == ORIN ? AMPERE : capability) + ".so." + version;
    }

    /** It comes with TensorRT's own packages, of which a later major version does not fit. */
    static String remedy() {
        return GpuLibraries.of(GpuPart.ONNXRUNTIME_TENSORRT).get(0).remedy()
                + "; with this very version, as without one a later TensorRT comes, whose files have other names";
    }
}
