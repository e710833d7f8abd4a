package org.elasticvision.samples.serve;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.samples.serve.connection.ConnectionLimit;
import org.elasticvision.samples.serve.connection.HttpConnector;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.Origins;
import org.elasticvision.samples.serve.model.OpenModel;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.queue.ServedModels;

/** Servers on any free port. */
final class TestServers {
    static final Limits ROOMY = new Limits(1 << 20, 2, Duration.ofSeconds(20));

    private TestServers() {}

    static PredictionServer start(List<ServedModel> models, Limits limits) {
        return start(models, limits, Origins.NONE);
    }

    static PredictionServer start(List<ServedModel> models, Limits limits, Origins origins) {
        return PredictionServer.start(
                models, new ServerSettings(new InetSocketAddress("localhost", 0), limits, origins));
    }

    /** The routes of a server that is not started. */
    static Routes routes(ServedModels models) {
        Server server = new Server();
        return new Routes(
                models,
                ROOMY,
                Optional.empty(),
                Optional.empty(),
                new ConnectionLimit(server, new HttpConnector(server), ROOMY));
    }

    static ServedModel open(Path file, ModelOptions options) {
        return OpenModel.openAll(List.of(file), options.withThreads(1)).get(0);
    }

    /** Models of all tasks, called classifier, multilabel and segmenter. */
    static List<ServedModel> colors(Path folder) {
        return OpenModel.openAll(
                List.of(
                        TestModels.classifier(folder, TensorShape.ANY),
                        TestModels.multiLabel(folder, TensorShape.ANY),
                        TestModels.segmenter(folder, TensorShape.ANY)),
                ModelOptions.defaults().withThreads(1));
    }
}
