package org.elasticvision.convert.tensorrt.builder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.tensorrt.global.nvinfer.NetworkDefinitionCreationFlag;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.bytedeco.tensorrt.nvonnxparser.IParserError;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.engine.tensorrt.natives.TensorRtLog;

/** Reads an ONNX file into a network of TensorRT's. */
final class NetworkParser {
    private NetworkParser() {}

    /**
     * Types are those of the ONNX file.
     *
     * @param natives own the network
     * @throws ModelException if the parser refuses the file
     */
    static INetworkDefinition parse(IBuilder builder, Path file, TensorRtLog log, NativeObjects natives) {
        INetworkDefinition network =
                natives.own(builder.createNetworkV2(flags(Dependencies.tensorRtMajor())), "network");
        // The network refers to weights that the parser holds. Nothing in the presets deletes a parser: it stays until
        // Java ends.
        IParser parser = natives.require(nvonnxparser.createParser(network, log), "ONNX parser");
        boolean parsed = parser.parseFromFile(file.toAbsolutePath().toString(), ILogger.Severity.kWARNING.value);
        if (!parsed || parser.getNbErrors() > 0) {
            throw ParserProblem.refusal(file, problems(parser), log.errors());
        }
        if (network.getNbInputs() != 1 || network.getNbOutputs() != 1) {
            throw new ModelException(file + ": TensorRT finds " + network.getNbInputs() + " inputs and "
                    + network.getNbOutputs() + " outputs, a network has one of each; convert the checkpoint again");
        }
        return network;
    }

    /** Types are the file's. From TensorRT 11 on networks are never anything else, and the flag is out of use. */
    static int flags(String tensorRtMajor) {
        return Integer.parseInt(tensorRtMajor) < 11 ? 1 << NetworkDefinitionCreationFlag.kSTRONGLY_TYPED.value : 0;
    }

    private static List<ParserProblem> problems(IParser parser) {
        List<ParserProblem> problems = new ArrayList<>();
        for (int i = 0; i < parser.getNbErrors(); i++) {
            IParserError error = parser.getError(i);
            if (error != null && !error.isNull()) {
                problems.add(new ParserProblem(
                        text(error.desc()), error.node(), text(error.nodeName()), text(error.nodeOperator())));
            }
        }
        return problems;
    }

    private static String text(String said) {
        return said == null ? "" : said;
    }
}
