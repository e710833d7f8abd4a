package org.elasticvision.samples.serve.v1;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.cli.output.AnswerJson;
import org.elasticvision.runtime.cli.output.AnswerRow;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.samples.serve.http.UploadedImage;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.query.PredictQuery;

/** An answer as {@code elastic predict --json} prints it, with what a page needs to draw it. */
public final class PredictionJson {
    private PredictionJson() {}

    /** The members {@code model}, those of {@link AnswerJson}, and the pictures that the query asks for. */
    public static JsonObject of(ServedModel model, Prediction prediction, UploadedImage image, PredictQuery query) {
        JsonObject object = new JsonObject();
        object.addProperty("model", model.name());
        AnswerJson.describe(
                object, model.info().task(), prediction, AnswerRow.of(prediction, query.top(), query.threshold()));
        if (prediction instanceof Segmentation segmentation) {
            addPictures(object, segmentation, image, query);
        }
        return object;
    }

    private static void addPictures(
            JsonObject object, Segmentation segmentation, UploadedImage image, PredictQuery query) {
        byte[] palette = PascalColors.palette();
        for (JsonElement row : object.getAsJsonArray("classes")) {
            JsonObject shown = row.getAsJsonObject();
            shown.addProperty("color", color(palette, shown.get("index").getAsInt()));
        }
        if (query.mask()) {
            object.addProperty("mask", DataUrl.ofPng(PngFiles.encode(segmentation.mask(), palette)));
        }
        if (query.overlay()) {
            object.addProperty(
                    "overlay", DataUrl.ofPng(PngFiles.encode(segmentation.overlay(image.pixels(), query.alpha()))));
        }
    }

    private static String color(byte[] palette, int index) {
        int at = 3 * index;
        return String.format("#%02x%02x%02x", palette[at], palette[at + 1], palette[at + 2]);
    }
}
