package org.elasticvision.convert.tensorrt;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.elasticvision.runtime.doctor.Checkup;
import org.elasticvision.runtime.doctor.Dependencies;
import org.elasticvision.runtime.doctor.Finding;
import org.elasticvision.runtime.doctor.NvidiaLibrary;
import org.elasticvision.runtime.doctor.Remedies;

/** TensorRT's ONNX parser, which building an engine takes; running one does not. */
public final class OnnxParserCheckup implements Checkup {
    private static final NvidiaLibrary PARSER = new NvidiaLibrary(
            "TensorRT ONNX parser",
            "tensorrt",
            "org.bytedeco.tensorrt.global.nvonnxparser",
            "libnvonnxparser.so." + Dependencies.tensorRtMajor(),
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
        return List.of(PARSER.finding(version()));
    }

    private static Optional<String> version() {
        try {
            return Optional.of(text(Parser.version()));
        } catch (LinkageError e) { // of a class first UnsatisfiedLinkError, from then on NoClassDefFoundError
            return Optional.empty();
        }
    }

    /** Its number for a version, such as 101501, as people write it. */
    static String text(int number) {
        return number / 10000 + "." + number / 100 % 100 + "." + number % 100;
    }

    /** All that touches the parser's classes, so that {@link OnnxParserCheckup} itself always loads. */
    private static final class Parser {
        private Parser() {}

        static int version() {
            return nvonnxparser.getNvOnnxParserVersion();
        }
    }
}
