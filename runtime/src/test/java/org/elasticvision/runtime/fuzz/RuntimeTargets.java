package org.elasticvision.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.onednn.network.reading.NetworkReader;
import org.elasticvision.runtime.engine.tensorrt.EngineFiles;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescriptionFile;
import org.elasticvision.runtime.explain.ElasticNetworks;
import org.elasticvision.runtime.explain.graph.ElasticBlocks;
import org.elasticvision.runtime.explain.graph.PooledHead;
import org.elasticvision.runtime.io.npy.NpyFile;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.onnx.ModelContent;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.census.OnnxCensus;

/** What the runtime reads. */
public final class RuntimeTargets implements FuzzTargets {
    @Override
    public List<FuzzTarget> all() {
        return Stream.of(ImageTargets.all(), DatasetTargets.all(), files())
                .flatMap(List::stream)
                .toList();
    }

    private static List<FuzzTarget> files() {
        return List.of(
                new FuzzTarget("npy", "a.npy", ElasticVisionException.class, RuntimeTargets::arrays, NpyFile::read),
                new FuzzTarget(
                        "engine-description",
                        "a.engine.json",
                        ModelException.class,
                        folder -> List.of(Files.readAllBytes(
                                EngineDescription.beside(EngineFiles.write(folder.resolve("a.engine"))))),
                        EngineDescriptionFile::read),
                new FuzzTarget(
                        "onnx-graph", "a.onnx", ModelException.class, RuntimeTargets::models, RuntimeTargets::graph));
    }

    private static List<byte[]> arrays(Path folder) throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.writeFloats(file, new float[6], 2, 3);
        return List.of(Files.readAllBytes(file));
    }

    private static List<byte[]> models(Path folder) throws IOException {
        return List.of(
                Files.readAllBytes(TestModels.classifier(folder, 1)),
                Files.readAllBytes(TestModels.segmenter(folder, 1)),
                Files.readAllBytes(ElasticNetworks.classifier(folder.resolve("elastic.onnx"), Task.CLASSIFICATION, 1)));
    }

    /** What is asked of a file before an engine has it. */
    private static void graph(Path file) {
        ModelContent.isOnnx(file);
        OnnxCensus.read(file);
        OnnxCensus.shortEntries(file);
        ModelContent.files(file);
        OnnxGraph graph = OnnxGraph.read(file);
        graph.constants().values().forEach(constant -> constant.floats());
        ElasticBlocks.in(graph);
        PooledHead.of(graph);
        NetworkReader.read(graph);
        ModelInfo.fromMetadata(file.toString(), graph.metadata());
    }
}
