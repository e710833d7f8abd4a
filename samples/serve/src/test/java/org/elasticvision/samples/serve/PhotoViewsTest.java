package org.elasticvision.samples.serve;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.TurnedPhotos;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.View;
import org.elasticvision.samples.serve.model.ServedModel;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Photos are answered, and drawn on, in the view that the model's file names. */
class PhotoViewsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(View.class)
    void anUploadIsSeenAsTheModelSays(View view) {
        int side = TurnedPhotos.WIDTH;
        Path file = TestModels.segmenter(
                folder.resolve("colors.onnx"),
                TestModels.fit(Preprocessing.Fit.PAD, side, side).withView(view));
        ServedModel model = TestServers.open(file, ModelOptions.defaults().withThreads(1));
        try (PredictionServer server = TestServers.start(List.of(model), TestServers.ROOMY)) {
            Client client = new Client(server.port());
            assertThat(Client.json(client.get("/v1/models/colors")).get("exif").getAsString())
                    .isEqualTo(view == View.STORED ? "ignore" : "apply");
            for (int orientation = 1; orientation <= TurnedPhotos.ORIENTATIONS; orientation++) {
                IndexImage expected =
                        view == View.STORED ? TurnedPhotos.storedClasses(orientation) : TurnedPhotos.uprightClasses();
                JsonObject answer = Client.json(client.post(
                        "/v1/models/colors:predict?mask=png&overlay=png&alpha=0", TurnedPhotos.jpeg(orientation)));
                assertThat(answer.get("width").getAsInt()).isEqualTo(expected.width());
                assertThat(classes(answer, "overlay")).isEqualTo(expected.indices());
            }
        }
    }

    /** Which of red, green and blue is the strongest in each pixel. */
    private static byte[] classes(JsonObject answer, String picture) {
        String url = answer.get(picture).getAsString();
        byte[] png = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        RgbImage image = ImageSource.of(png, picture).decode(Orientation.IGNORE_EXIF);
        byte[] classes = new byte[image.width() * image.height()];
        for (int i = 0; i < classes.length; i++) {
            for (int c = 1; c < 3; c++) {
                if ((image.pixels()[3 * i + c] & 0xFF) > (image.pixels()[3 * i + classes[i]] & 0xFF)) {
                    classes[i] = (byte) c;
                }
            }
        }
        return classes;
    }
}
