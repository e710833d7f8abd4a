package org.elasticvision.samples.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.image.TestJpegs;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.model.ServedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FastDecodeTest {
    @TempDir
    Path folder;

    private final byte[] photo = TestJpegs.baseline(TestJpegs.picture(401, 303));

    private HttpResponse<String> ask(Path file, boolean fast, String query, byte[] image) {
        ServedModel model = TestServers.open(file, ModelOptions.defaults().withFastDecode(fast));
        try (PredictionServer server = TestServers.start(List.of(model), TestServers.ROOMY)) {
            return new Client(server.port()).post("/v1/models/" + model.name() + ":predict" + query, image);
        }
    }

    @Test
    void answersAreNear() {
        Path file = TestModels.classifier(folder, TensorShape.ANY);
        JsonArray exact = Client.json(ask(file, false, "", photo)).getAsJsonArray("classes");
        JsonArray fast = Client.json(ask(file, true, "", photo)).getAsJsonArray("classes");
        assertThat(fast).hasSameSizeAs(exact).isNotEqualTo(exact);
        for (int i = 0; i < exact.size(); i++) {
            assertThat(Math.abs(probability(fast.get(i)) - probability(exact.get(i))))
                    .isLessThan(0.02);
        }
    }

    private static double probability(JsonElement row) {
        return row.getAsJsonObject().get("probability").getAsDouble();
    }

    /** Where an overlay is drawn its pixels are those that the network saw. */
    @Test
    void segmentationsHaveThePhotosSize() {
        Path file = TestModels.write(
                folder.resolve("smooth.onnx"),
                Task.SEGMENTATION,
                TinyNetworks.segmenter(1, 6, 8, new float[3][3], new float[] {0, 0, 1}),
                new Preprocessing(
                        Preprocessing.Fit.PAD,
                        0,
                        6,
                        8,
                        Interpolation.BILINEAR,
                        Preprocessing.IMAGENET_MEAN,
                        Preprocessing.IMAGENET_STD));
        for (String query : List.of("?mask=png", "?mask=png&overlay=png")) {
            JsonObject answer = Client.json(ask(file, true, query, photo));
            assertThat(answer.get("width").getAsInt()).isEqualTo(401);
            assertThat(answer.get("height").getAsInt()).isEqualTo(303);
        }
    }

    @Test
    void tooManyPixelsAreRefused() {
        byte[] huge = photo.clone();
        int frame = 0;
        while (huge[frame] != (byte) 0xFF || huge[frame + 1] != (byte) 0xC0) {
            frame++;
        }
        Arrays.fill(huge, frame + 5, frame + 9, (byte) 0x20); // 8224 x 8224
        HttpResponse<String> reply = ask(TestModels.classifier(folder, TensorShape.ANY), true, "", huge);
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(Client.error(reply)).contains("8224x8224", "at most " + Limits.PIXELS + " pixels");
    }
}
