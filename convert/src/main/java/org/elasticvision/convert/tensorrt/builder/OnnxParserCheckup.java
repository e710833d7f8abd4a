package org.elasticvision.convert.tensorrt.builder;

import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.NvidiaLibrary;
import org.elasticvision.runtime.doctor.checkup.Remedies;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.LibraryVersion;

/** TensorRT's ONNX parser, which building an engine takes; running one does not. */
public final class OnnxParserCheckup implements Checkup {
    private static final NvidiaLibrary PARSER = new NvidiaLibrary(
            "TensorRT ONNX parser",
            "tensorrt",
            "org.bytedeco.tensorrt.global.nvonnxparser",
            "libnvonnxparser.so." + Dependencies.tensorRtMajor(),
            GpuPart.TENSORRT,
            Remedies.tensorRt());

    @Override
    public String name() {
        return PARSER.name();
    }

    @Override
    public int order() {
        return 85;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        if (Loader.getPlatform().startsWith("macosx")) { // no TensorRT there
            return List.of();
        }
        return List.of(PARSER.finding(LibraryVersion.of(() -> Parser.version())));
    }

    /** All that touches the parser's classes, so that {@link OnnxParserCheckup} itself always loads. */
    private static final class Parser {
        private Parser() {}

        static int version() {
            return nvonnxparser.getNvOnnxParserVersion();
        }
    }
}
